package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.List;

/** An istiod that fetches keys of tokens from any address that a RequestAuthentication names. */
final class KeyFetches implements Analyzer {

    private static final String BLOCKED = "BLOCKED_CIDRS_IN_JWKS_URIS";
    private static final int SHOWN = 5;

    @Override
    public String name() {
        return "authn.BlockedCIDRsAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        List<Item> authentications = items.of("RequestAuthentication");
        for (Item deployment : items.of("Deployment")) {
            if (!authentications.isEmpty()
                    && "istiod".equals(deployment.labels().get("app"))
                    && !blocks(deployment)) {
                List<String> names = authentications.stream()
                        .map(Item::fullName)
                        .limit(SHOWN)
                        .toList();
                int more = authentications.size() - names.size();
                report.add(
                        Code.JWKS_FETCH_UNRESTRICTED,
                        deployment,
                        deployment.nameOrigin(),
                        BLOCKED + " is not configured but " + authentications.size()
                                + " RequestAuthentication resource(s) exist (" + String.join(", ", names)
                                + (more > 0 ? ", and " + more + " more" : "")
                                + "). Consider configuring it to restrict JWKS URI fetches to trusted networks.");
            }
        }
    }

    private static boolean blocks(Item deployment) {
        for (YamlNode.Mapping container :
                deployment.spec().object("template").object("spec").objects("containers")) {
            for (YamlNode.Mapping variable : container.objects("env")) {
                if (variable.text("name").equals(BLOCKED)
                        && !variable.text("value").isEmpty()) {
                    return true;
                }
            }
        }
        return false;
    }
}

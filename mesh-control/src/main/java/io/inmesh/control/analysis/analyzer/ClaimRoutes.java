package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;
import java.util.List;
import java.util.Optional;

/** Routes by a token's claims at gateways that check no token. */
final class ClaimRoutes implements Analyzer {

    @Override
    public String name() {
        return "virtualservice.JWTClaimRouteAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        for (Item service : items.of("VirtualService")) {
            Optional<String> claim = claim(service);
            if (claim.isPresent()) {
                for (String gateway : service.spec().texts("gateways")) {
                    items.find("Gateway", GatewayReferences.fullName(gateway, service.namespace()))
                            .ifPresent(found -> check(service, found, claim.get(), items, report));
                }
            }
        }
    }

    private static Optional<String> claim(Item service) {
        for (YamlNode.Mapping route : service.spec().objects("http")) {
            for (YamlNode.Mapping match : route.objects("match")) {
                for (String field : List.of("headers", "withoutHeaders")) {
                    Optional<String> claim = match.object(field).entries().keySet().stream()
                            .filter(name -> name.startsWith("@request.auth.claims"))
                            .findFirst();
                    if (claim.isPresent()) {
                        return claim;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private static void check(Item service, Item gateway, String claim, Items items, Report report) {
        for (Item pod : GatewayPorts.podsOf(gateway.spec().textMap("selector"), items)) {
            boolean authenticated = items.of("RequestAuthentication").stream()
                    .filter(authentication -> authentication.namespace().equals(pod.namespace())
                            || authentication.namespace().equals(items.rootNamespace()))
                    .anyMatch(authentication -> Selection.takes(
                            authentication.spec().object("selector").textMap("matchLabels"), pod.labels()));
            if (!authenticated) {
                report.add(
                        Code.JWT_ROUTING_WITHOUT_AUTHENTICATION,
                        service,
                        service.nameOrigin(),
                        "The virtual service uses the JWT claim based routing (key: " + claim
                                + ") but found no request authentication for the gateway (" + gateway.fullName()
                                + ") pod ("
                                + pod.name()
                                + "). The request authentication must first be applied for the gateway pods to validate the JWT"
                                + " token and make the claims available for routing.");
            }
        }
    }
}

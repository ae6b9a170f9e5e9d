package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.YamlNode;
import java.util.Map;
import java.util.Optional;

/**
 * What is used instead of a security resource that cannot be read and has no last good version. It is stricter than whatever its
 * author may have meant; for everything else there is no stand-in.
 */
final class StandIns {

    private StandIns() {}

    static Optional<Resource> of(Meta meta, YamlNode.Mapping document) {
        if (!meta.group().equals("security.istio.io")) {
            return Optional.empty();
        }
        Map<String, String> selector = selector(document);
        return switch (meta.kind()) {
            case "AuthorizationPolicy" -> Optional.of(AuthorizationPolicy.denyAll(meta, selector));
            case "RequestAuthentication" -> Optional.of(RequestAuthentication.denyAll(meta, selector));
            case "PeerAuthentication" -> Optional.of(PeerAuthentication.strict(meta, selector));
            default -> Optional.empty();
        };
    }

    private static Map<String, String> selector(YamlNode.Mapping document) {
        try {
            return new Fields(document, "", new Report(""))
                    .object("spec", Selectors::matchLabels)
                    .orElse(Map.of());
        } catch (InvalidResourceException alsoWrong) {
            return Map.of();
        }
    }
}

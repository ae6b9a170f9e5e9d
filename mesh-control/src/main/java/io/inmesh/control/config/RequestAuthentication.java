package io.inmesh.control.config;

import java.util.Map;

/**
 * Istio's RequestAuthentication. JSON Web Tokens are not checked yet; so that no token is believed unchecked, the workloads that it
 * selects refuse every request.
 */
public record RequestAuthentication(Meta meta, Map<String, String> selector) implements Resource {

    static RequestAuthentication read(Meta meta, Fields spec) {
        Map<String, String> selector = Selectors.matchLabels(spec);
        spec.irrelevant("jwtRules", "targetRefs", "targetRef");
        spec.report()
                .unsupported(
                        meta.origin(),
                        "spec.jwtRules",
                        "JSON Web Tokens are not checked yet: the selected workloads deny every request");
        return new RequestAuthentication(meta, selector);
    }
}

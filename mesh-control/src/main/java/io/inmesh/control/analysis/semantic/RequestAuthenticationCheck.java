package io.inmesh.control.analysis.semantic;

/** RequestAuthentication: rules that name an issuer or where its keys are. Stateless. */
final class RequestAuthenticationCheck {

    private RequestAuthenticationCheck() {}

    static void check(Spot spec) {
        CommonChecks.selector(spec.object("selector"), "matchLabels");
        for (Spot rule : spec.objects("jwtRules")) {
            rule.refuseIf(
                    rule.text("issuer").isEmpty() && !rule.hasAny("jwksUri", "jwks_uri"),
                    "issuer",
                    "issuer or jwksUri must be non-empty string");
            String keys = rule.text("jwks").strip();
            rule.refuseIf(
                    rule.has("jwks") && !(keys.startsWith("{") && keys.endsWith("}")),
                    "jwks",
                    "jwks parse error: not a JSON object");
        }
    }
}

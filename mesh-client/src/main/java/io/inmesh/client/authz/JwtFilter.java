package io.inmesh.client.authz;

import io.inmesh.api.http.LocalReply;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.jwt.TokenStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Envoy's JWT filter: the first rule that takes a request says which tokens it needs. Immutable but for keys that are fetched.
 *
 * @param name the filter's name on the wire
 * @param providers every provider, for what callers must not say themselves
 * @param rules in the wire's order
 * @param bypassPreflight preflight requests of browsers carry no tokens and are not asked for any
 * @param clock the wall clock that tokens expire by
 */
public record JwtFilter(
        String name, List<TokenProvider> providers, List<Requirement> rules, boolean bypassPreflight, MeshClock clock)
        implements SecurityFilter {

    /** The name under which policies find what this filter found out. */
    static final String METADATA = "envoy.filters.http.jwt_authn";

    private static final int MAX_PATH = 256;

    public JwtFilter {
        providers = List.copyOf(providers);
        rules = List.copyOf(rules);
    }

    /** What requests that a rule takes need. */
    public record Requirement(Rule match, TokenRequirement needs) {}

    @Override
    public @Nullable Denial check(InboundRequest request, List<PolicyReport> reports) {
        for (int i = 0; i < providers.size(); i++) {
            providers.get(i).output().sanitize(request);
        }
        if (bypassPreflight && isPreflight(request)) {
            return null;
        }
        TokenStatus status = TokenStatus.OK;
        Certainty taken = Certainty.NO;
        // A rule that may or may not take the request is asked like one that does, and so is the next.
        for (int i = 0; i < rules.size() && taken != Certainty.YES && status == TokenStatus.OK; i++) {
            taken = rules.get(i).match().matches(request);
            if (taken != Certainty.NO) {
                TokenCheck check = new TokenCheck(request, clock.now().getEpochSecond());
                status = rules.get(i).needs().of(check);
            }
        }
        return status == TokenStatus.OK ? null : denial(status, request);
    }

    private static boolean isPreflight(InboundRequest request) {
        return request.head().method().equals("OPTIONS")
                && present(request.head().header("origin"))
                && present(request.head().header("access-control-request-method"));
    }

    private static boolean present(@Nullable String value) {
        return value != null && !value.isEmpty();
    }

    private Denial denial(TokenStatus status, InboundRequest request) {
        String path = request.path().sent() + query(request.head().path());
        String uri = request.head().scheme() + "://" + request.head().authority()
                + path.substring(0, Math.min(path.length(), MAX_PATH));
        String realm = "Bearer realm=\"" + quotable(uri) + "\"";
        String details = "jwt_authn_access_denied{" + status.text().replace(' ', '_') + "}";
        LocalReply reply = new LocalReply(
                status.httpStatus(),
                List.of(
                        Map.entry(
                                "www-authenticate",
                                status == TokenStatus.MISSING ? realm : realm + ", error=\"invalid_token\""),
                        Map.entry("content-type", "text/plain")),
                status.text(),
                null,
                details);
        return new Denial(name, "none", status.text(), reply);
    }

    private static String query(String target) {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query);
    }

    /** What a caller wrote must not end the quotes of our header. */
    private static String quotable(String text) {
        StringBuilder safe = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            safe.append(c > ' ' && c < 0x7f && c != '"' && c != '\\' ? c : '_');
        }
        return safe.toString();
    }
}

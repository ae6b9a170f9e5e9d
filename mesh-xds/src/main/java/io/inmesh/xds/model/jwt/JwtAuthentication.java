package io.inmesh.xds.model.jwt;

import io.inmesh.xds.model.route.RouteMatch;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Which tokens requests must or may carry.
 *
 * @param providers by name; requirements refer to them
 * @param rules the first whose match holds is taken; without one no token is asked for
 * @param bypassCorsPreflight preflight requests are not asked
 * @param unsupported fields that Inmesh does not know. If not empty, every request is denied
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/filters/http/jwt_authn/v3/config.proto">Envoy, JwtAuthentication</a>
 */
public record JwtAuthentication(
        Map<String, JwtProvider> providers, List<Rule> rules, boolean bypassCorsPreflight, List<String> unsupported) {

    public JwtAuthentication {
        providers = Map.copyOf(providers);
        rules = List.copyOf(rules);
        unsupported = List.copyOf(unsupported);
    }

    /** What requests that match need. */
    public record Rule(RouteMatch match, JwtRequirement requires) {
        public Rule {
            Objects.requireNonNull(match, "match");
            Objects.requireNonNull(requires, "requires");
        }
    }
}

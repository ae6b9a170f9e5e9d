package io.inmesh.xds.model.jwt;

import java.util.List;

/** What tokens a request needs. */
public sealed interface JwtRequirement {

    /** A valid token of the provider. */
    record Provider(String name) implements JwtRequirement {}

    /** A valid token of the provider for one of these audiences, in place of the provider's own. */
    record ProviderAndAudiences(String name, List<String> audiences) implements JwtRequirement {
        public ProviderAndAudiences {
            audiences = List.copyOf(audiences);
        }
    }

    /** One of them. */
    record AnyOf(List<JwtRequirement> requirements) implements JwtRequirement {
        public AnyOf {
            requirements = List.copyOf(requirements);
        }
    }

    /** All of them. */
    record AllOf(List<JwtRequirement> requirements) implements JwtRequirement {
        public AllOf {
            requirements = List.copyOf(requirements);
        }
    }

    /** No token, or a valid one of any provider named beside it. */
    record AllowMissing() implements JwtRequirement {}

    /** Anything passes; a valid token is still read. */
    record AllowMissingOrFailed() implements JwtRequirement {}

    /** Nothing is asked. */
    record None() implements JwtRequirement {}

    /** A requirement that Inmesh does not know: denied. */
    record Unsupported(String field) implements JwtRequirement {}
}

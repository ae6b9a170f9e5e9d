package io.inmesh.xds.model.route;

import io.inmesh.xds.model.rbac.Rbac;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a route, virtual host or weighted cluster says to one HTTP filter, from {@code typed_per_filter_config}. */
public sealed interface PerFilterConfig {

    /** Faults to inject, in place of the filter's own. */
    record Fault(HttpFault fault) implements PerFilterConfig {
        public Fault {
            Objects.requireNonNull(fault, "fault");
        }
    }

    /** What pages of other origins may do. */
    record Cors(CorsPolicy policy) implements PerFilterConfig {
        public Cors {
            Objects.requireNonNull(policy, "policy");
        }
    }

    /** RBAC rules in place of the filter's own; null switches the filter off. */
    record RbacOverride(@Nullable Rbac rbac) implements PerFilterConfig {}

    /** The filter does not run here. */
    record Disabled() implements PerFilterConfig {}

    /**
     * A message that Inmesh does not know. Reported; where the filter is one of security, requests are denied.
     *
     * @param typeUrl of the message
     */
    record Unsupported(String typeUrl) implements PerFilterConfig {
        public Unsupported {
            Objects.requireNonNull(typeUrl, "typeUrl");
        }
    }
}

package io.inmesh.xds.model.listener;

import io.inmesh.xds.model.route.RouteConfiguration;
import java.util.Objects;

/** Where a connection manager's routes come from. */
public sealed interface RouteSpecifier {

    /** The control service tells them under this name. */
    record Rds(String routeConfigName) implements RouteSpecifier {
        public Rds {
            Objects.requireNonNull(routeConfigName, "routeConfigName");
        }
    }

    /** They are in the listener itself. */
    record Inline(RouteConfiguration routeConfiguration) implements RouteSpecifier {
        public Inline {
            Objects.requireNonNull(routeConfiguration, "routeConfiguration");
        }
    }

    /** A source that Inmesh does not know; there are no routes. */
    record Unsupported(String field) implements RouteSpecifier {
        public Unsupported {
            Objects.requireNonNull(field, "field");
        }
    }
}

package io.inmesh.xds.model.listener;

import io.inmesh.xds.model.jwt.JwtAuthentication;
import io.inmesh.xds.model.rbac.Rbac;
import io.inmesh.xds.model.route.HttpFault;
import java.util.Objects;

/** A filter on requests. Its name is what {@code typed_per_filter_config} of routes refers to. */
public sealed interface HttpFilter {

    /** The filter's name in the chain. */
    String name();

    /** Off unless a route switches it on. */
    boolean disabled();

    /** Injects faults. */
    record Fault(String name, boolean disabled, HttpFault fault) implements HttpFilter {
        public Fault {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(fault, "fault");
        }
    }

    /** Allows or denies by rules. */
    record HttpRbac(String name, boolean disabled, Rbac rbac) implements HttpFilter {
        public HttpRbac {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(rbac, "rbac");
        }
    }

    /** Checks tokens. */
    record JwtAuthn(String name, boolean disabled, JwtAuthentication authentication) implements HttpFilter {
        public JwtAuthn {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(authentication, "authentication");
        }
    }

    /** Forwards; always the last. */
    record Router(String name, boolean disabled) implements HttpFilter {
        public Router {
            Objects.requireNonNull(name, "name");
        }
    }

    /**
     * A filter that Inmesh does not run.
     *
     * @param typeUrl of its configuration; may be empty
     * @param security it may be there to deny, so that requests must be
     */
    record Other(String name, boolean disabled, String typeUrl, boolean security) implements HttpFilter {
        public Other {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(typeUrl, "typeUrl");
        }
    }
}

package io.inmesh.client.server;

import io.inmesh.api.identity.WorkloadIdentity;
import java.time.Duration;

/** The servers that the suite runs on. */
public enum ServerKind {
    TOMCAT {
        @Override
        public MeshedServer start(WorkloadIdentity identity, Duration openingLimit) {
            return new TomcatServer(identity, protocol -> protocol.limitOpening(openingLimit, MeshedServer.CLOCK));
        }
    },
    JETTY {
        @Override
        public MeshedServer start(WorkloadIdentity identity, Duration openingLimit) {
            return new JettyServer(identity, connector -> connector.limitOpening(openingLimit));
        }
    };

    /** A server behind the mesh that has no listener yet. */
    public abstract MeshedServer start(WorkloadIdentity identity, Duration openingLimit);

    public MeshedServer start(WorkloadIdentity identity) {
        return start(identity, Duration.ofSeconds(10));
    }
}

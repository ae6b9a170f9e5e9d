package io.inmesh.client.adapter.tomcat;

import io.inmesh.client.authz.InboundConnection;

/** How a connection's facts travel from its channel to its requests: as what Tomcat keeps of a connection's security. */
interface MeshedConnection {

    InboundConnection connection();
}

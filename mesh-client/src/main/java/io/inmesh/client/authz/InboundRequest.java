package io.inmesh.client.authz;

import io.inmesh.api.http.MeshRequest;

/**
 * One request on one connection, as policies see it. Immutable.
 *
 * @param head method, authority, headers
 * @param path the path in all its forms
 * @param connection the connection it came on
 */
public record InboundRequest(MeshRequest head, InboundPath path, InboundConnection connection) {}

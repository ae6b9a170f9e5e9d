package io.inmesh.client.adapter.grpc;

import io.grpc.ServerBuilder;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.inmesh.client.pipeline.InboundPipeline;
import io.inmesh.client.security.ServerTlsFactory;

/**
 * Puts a grpc-java server behind the mesh. Its port is mutual TLS whatever the mode: plaintext is not served in PERMISSIVE either, and
 * under DISABLE nothing is, which is stricter than a sidecar.
 *
 * <pre>{@code
 * ServerBuilder<?> builder = Grpc.newServerBuilderForPort(9090, MeshGrpc.credentials(mesh.inboundTls()));
 * Server server = MeshGrpc.protect(builder, mesh.inbound(), mesh.inboundTls()).addService(service).build().start();
 * }</pre>
 */
public final class MeshGrpc {

    private MeshGrpc() {}

    /** The workload's certificate and roots of the moment; callers must have a certificate. Follows rotations by itself. */
    public static ServerCredentials credentials(ServerTlsFactory tls) {
        return TlsServerCredentials.newBuilder()
                .keyManager(tls.keyManager())
                .trustManager(tls.trustManager())
                .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
                .build();
    }

    /**
     * Judges every call before interceptors that are added before this one and before handlers. Interceptors added to the builder later would
     * hear of calls first: call this last.
     */
    public static ServerBuilder<?> protect(ServerBuilder<?> builder, InboundPipeline inbound, ServerTlsFactory tls) {
        return builder.addTransportFilter(new ProvenConnections(inbound, tls)).intercept(new MeshInterceptor(inbound));
    }
}

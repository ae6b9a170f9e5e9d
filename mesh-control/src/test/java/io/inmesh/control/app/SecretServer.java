package io.inmesh.control.app;

import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.control.serve.GrpcPort;
import io.inmesh.control.serve.WireMarshaller;
import io.inmesh.testkit.PemFiles;
import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.TransportSockets.CertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.Secret;
import io.inmesh.xds.envoy.TransportSockets.TlsCertificate;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ForkJoinPool;

/** Stands where an Envoy has its local agent: answers for the names {@code default}, {@code ROOTCA} and {@code file-root:system}. */
final class SecretServer implements AutoCloseable {

    private static final MethodDescriptor<Message, Message> STREAM = WireMarshaller.method(
            MethodDescriptor.MethodType.BIDI_STREAMING,
            "envoy.service.secret.v3.SecretDiscoveryService/StreamSecrets",
            DiscoveryRequest.TYPE,
            DiscoveryResponse.TYPE);

    private final PemFiles files;
    private final GrpcPort port;

    SecretServer(WorkloadIdentity identity, Path folder) throws IOException {
        files = PemFiles.write(identity, folder);
        ServerServiceDefinition service = ServerServiceDefinition.builder(
                        "envoy.service.secret.v3.SecretDiscoveryService")
                .addMethod(STREAM, ServerCalls.asyncBidiStreamingCall(this::open))
                .build();
        port = GrpcPort.plaintext(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(() -> service),
                ForkJoinPool.commonPool());
    }

    int port() {
        return port.port();
    }

    private StreamObserver<Message> open(StreamObserver<Message> responses) {
        return new StreamObserver<>() {
            @Override
            public void onNext(Message request) {
                if (request.get(DiscoveryRequest.RESPONSE_NONCE).isEmpty()) {
                    responses.onNext(Message.of(DiscoveryResponse.TYPE)
                            .with(DiscoveryResponse.TYPE_URL, Secret.TYPE.typeUrl())
                            .with(DiscoveryResponse.VERSION_INFO, "1")
                            .with(DiscoveryResponse.NONCE, "1")
                            .with(
                                    DiscoveryResponse.RESOURCES,
                                    request.get(DiscoveryRequest.RESOURCE_NAMES).stream()
                                            .map(name -> Any.pack(secret(name)))
                                            .toList()));
                }
            }

            @Override
            public void onError(Throwable gone) {}

            @Override
            public void onCompleted() {
                responses.onCompleted();
            }
        };
    }

    private Message secret(String name) {
        Message secret = Message.of(Secret.TYPE).with(Secret.NAME, name);
        if (name.equals("ROOTCA") || name.equals("file-root:system")) {
            return secret.with(
                    Secret.VALIDATION_CONTEXT,
                    Message.of(CertificateValidationContext.TYPE)
                            .with(CertificateValidationContext.TRUSTED_CA, file(files.root())));
        }
        return secret.with(
                Secret.TLS_CERTIFICATE,
                Message.of(TlsCertificate.TYPE)
                        .with(TlsCertificate.CERTIFICATE_CHAIN, file(files.chain()))
                        .with(TlsCertificate.PRIVATE_KEY, file(files.key())));
    }

    private static Message file(Path path) {
        return Message.of(DataSource.TYPE).with(DataSource.FILENAME, path.toString());
    }

    @Override
    public void close() {
        port.close();
    }
}

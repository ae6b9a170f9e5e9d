package io.inmesh.agent.identity;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.inmesh.agent.connect.Channels;
import io.inmesh.agent.connect.WireMarshaller;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.envoy.IstioCa;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateRequest;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateResponse;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Speaks Istio's CA protocol; a connection for each call, because one is needed twice a day. Thread-safe. */
public final class CaClient {

    private static final MethodDescriptor<Message, Message> CREATE = WireMarshaller.method(
            MethodDescriptor.MethodType.UNARY,
            IstioCa.CREATE_CERTIFICATE,
            IstioCertificateRequest.TYPE,
            IstioCertificateResponse.TYPE);
    private static final long DEADLINE_SECONDS = 10;

    private final Channels channels;

    public CaClient(Channels channels) {
        this.channels = channels;
    }

    /**
     * Asks for a certificate; fails with the gRPC status, or if the answer is none.
     *
     * @param shown the certificate to prove the caller by, where there is one
     */
    CompletableFuture<Issued> create(String csr, Duration life, Optional<WorkloadIdentity> shown) {
        ManagedChannel channel;
        try {
            channel = channels.open(shown);
        } catch (IOException | IllegalArgumentException e) {
            // gRPC refuses a roots file without a certificate with an IllegalArgumentException.
            return CompletableFuture.failedFuture(e);
        }
        Message request = Message.of(IstioCertificateRequest.TYPE)
                .with(IstioCertificateRequest.CSR, csr)
                .with(IstioCertificateRequest.VALIDITY_DURATION, life.toSeconds());
        Reply reply = new Reply();
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS);
        ClientCalls.asyncUnaryCall(channel.newCall(CREATE, options), request, reply);
        return reply.issued.whenComplete((issued, failure) -> channel.shutdown());
    }

    /**
     * What a CA answered; nothing of it is verified yet.
     *
     * @param chain the leaf first
     * @param trustBundle the last element of the answer, which may hold several roots
     */
    record Issued(List<X509Certificate> chain, Set<X509Certificate> trustBundle) {

        static Issued of(Message response) throws CertificateException {
            List<String> elements = response.get(IstioCertificateResponse.CERT_CHAIN);
            if (elements.size() < 2) {
                throw new CertificateException("the CA answered without a chain and a trust bundle");
            }
            int last = elements.size() - 1;
            return new Issued(
                    Pem.readCertificates(String.join("\n", elements.subList(0, last))),
                    new LinkedHashSet<>(Pem.readCertificates(elements.get(last))));
        }
    }

    private static final class Reply implements StreamObserver<Message> {

        private final CompletableFuture<Issued> issued = new CompletableFuture<>();
        private @Nullable Message response;

        @Override
        public void onNext(Message message) {
            response = message;
        }

        @Override
        public void onError(Throwable failure) {
            issued.completeExceptionally(failure);
        }

        @Override
        public void onCompleted() {
            try {
                issued.complete(Issued.of(response == null ? Message.of(IstioCertificateResponse.TYPE) : response));
            } catch (CertificateException e) {
                issued.completeExceptionally(e);
            }
        }
    }
}

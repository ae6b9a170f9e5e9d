package io.inmesh.control.serve.ca;

import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.control.serve.Callers;
import io.inmesh.control.serve.WireMarshaller;
import io.inmesh.xds.envoy.IstioCa;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateRequest;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateResponse;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Istio's {@code CreateCertificate}: whoever has proven an identity gets a certificate of exactly that identity for the key in its
 * CSR, and nothing else that it asks for but a shorter life. Each certificate issued and each request refused is a line in the log.
 * Thread-safe.
 */
final class CertificateService implements BindableService {

    private static final Logger LOG = System.getLogger(CertificateService.class.getName());

    private static final MethodDescriptor<Message, Message> CREATE = WireMarshaller.method(
            MethodDescriptor.MethodType.UNARY,
            IstioCa.CREATE_CERTIFICATE,
            IstioCertificateRequest.TYPE,
            IstioCertificateResponse.TYPE);

    private final CertificateSigner signer;
    private final LeafLifetimes lifetimes;

    CertificateService(CertificateSigner signer, LeafLifetimes lifetimes) {
        this.signer = signer;
        this.lifetimes = lifetimes;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(MethodDescriptor.extractFullServiceName(CREATE.getFullMethodName()))
                .addMethod(CREATE, ServerCalls.asyncUnaryCall(this::create))
                .build();
    }

    private void create(Message request, StreamObserver<Message> response) {
        try {
            response.onNext(answer(request));
            response.onCompleted();
        } catch (StatusException e) {
            LOG.log(
                    Level.WARNING,
                    "Certificate refused: caller={0} status={1}",
                    Callers.current().map(SpiffeId::uri).orElse("unknown"),
                    e.getStatus());
            response.onError(e);
        }
    }

    private Message answer(Message request) throws StatusException {
        SpiffeId caller = Callers.current().orElseThrow(() -> Status.UNAUTHENTICATED
                .withDescription("neither the token nor the client certificate proves an identity")
                .asException());
        refuseUnhonoured(request);
        Duration life = lifetimes.granted(request.get(IstioCertificateRequest.VALIDITY_DURATION));
        try {
            SigningRequest csr = SigningRequest.parse(request.get(IstioCertificateRequest.CSR));
            X509Certificate leaf = signer.workload(caller, csr.key(), life);
            LOG.log(
                    Level.INFO,
                    "Certificate issued: caller={0} serial={1} until={2}",
                    caller,
                    leaf.getSerialNumber().toString(16),
                    leaf.getNotAfter().toInstant());
            return Message.of(IstioCertificateResponse.TYPE)
                    .with(
                            IstioCertificateResponse.CERT_CHAIN,
                            List.of(
                                    Pem.certificates(List.of(leaf)),
                                    Pem.certificates(signer.authority().trustBundle())));
        } catch (RefusedRequestException e) {
            throw Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asException();
        }
    }

    /** Istio's agent always sends {@code CertSigner}, empty unless an operator chose one. */
    private static void refuseUnhonoured(Message request) throws StatusException {
        Map<String, Message> wishes =
                request.get(IstioCertificateRequest.METADATA).get(Struct.FIELDS);
        if (isSet(wishes.get("ImpersonatedIdentity"))) {
            throw Status.UNAUTHENTICATED
                    .withDescription("nobody may ask for another's certificate")
                    .asException();
        }
        if (isSet(wishes.get("CertSigner"))) {
            throw Status.INVALID_ARGUMENT
                    .withDescription("this authority has no signers to choose from")
                    .asException();
        }
    }

    private static boolean isSet(@Nullable Message wish) {
        return wish != null && !wish.equals(Struct.Value.of("")) && !wish.equals(Struct.Value.of(null));
    }
}

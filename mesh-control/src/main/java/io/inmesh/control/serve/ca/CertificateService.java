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
import io.inmesh.control.serve.CaCounts;
import io.inmesh.control.serve.Callers;
import io.inmesh.control.serve.WireMarshaller;
import io.inmesh.control.serve.ca.CertificateSigner.Issued;
import io.inmesh.xds.envoy.IstioCa;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateRequest;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateResponse;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Istio's {@code CreateCertificate}: whoever has proven an identity gets a certificate of exactly that identity for the key in its
 * CSR, and nothing else that it asks for but a shorter life. Each certificate issued and each request refused is a line in the log {@code io.inmesh.control.audit.ca}.
 * Thread-safe.
 */
final class CertificateService implements BindableService {

    /** A log of its own, which operators may keep elsewhere. */
    private static final Logger AUDIT = System.getLogger("io.inmesh.control.audit.ca");

    private static final MethodDescriptor<Message, Message> CREATE = WireMarshaller.method(
            MethodDescriptor.MethodType.UNARY,
            IstioCa.CREATE_CERTIFICATE,
            IstioCertificateRequest.TYPE,
            IstioCertificateResponse.TYPE);

    private final LongAdder requests = new LongAdder();
    private final LongAdder issued = new LongAdder();
    private final LongAdder unauthenticated = new LongAdder();
    private final LongAdder invalid = new LongAdder();
    private final CertificateSigner signer;
    private final LeafLifetimes lifetimes;
    private final RequestLimits limits;

    CertificateService(CertificateSigner signer, LeafLifetimes lifetimes, RequestLimits limits) {
        this.signer = signer;
        this.lifetimes = lifetimes;
        this.limits = limits;
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ServerServiceDefinition.builder(MethodDescriptor.extractFullServiceName(CREATE.getFullMethodName()))
                .addMethod(CREATE, ServerCalls.asyncUnaryCall(this::create))
                .build();
    }

    /** What was done so far. */
    CaCounts counts(Instant rootEnd) {
        return new CaCounts(requests.sum(), issued.sum(), unauthenticated.sum(), invalid.sum(), rootEnd);
    }

    private void count(Status.Code refused) {
        if (refused == Status.Code.UNAUTHENTICATED) {
            unauthenticated.increment();
        } else if (refused == Status.Code.INVALID_ARGUMENT) {
            invalid.increment();
        }
    }

    private void create(Message request, StreamObserver<Message> response) {
        requests.increment();
        try {
            response.onNext(limited(request));
            issued.increment();
            response.onCompleted();
        } catch (StatusException e) {
            count(e.getStatus().getCode());
            AUDIT.log(
                    Level.WARNING,
                    "Certificate refused: caller={0} status={1}",
                    Callers.current().map(SpiffeId::uri).orElse("unknown"),
                    e.getStatus());
            response.onError(e);
        }
    }

    private Message limited(Message request) throws StatusException {
        SpiffeId caller = Callers.current().orElseThrow(() -> Status.UNAUTHENTICATED
                .withDescription("neither the token nor the client certificate proves an identity")
                .asException());
        if (!limits.allow(caller)) {
            throw tooMuch("this identity has asked for too many certificates; ask again in a few seconds");
        }
        if (!limits.enter()) {
            throw tooMuch("too many requests at once; ask again in a few seconds");
        }
        try {
            return answer(caller, request);
        } finally {
            limits.leave();
        }
    }

    private static StatusException tooMuch(String why) {
        return Status.RESOURCE_EXHAUSTED.withDescription(why).asException();
    }

    private Message answer(SpiffeId caller, Message request) throws StatusException {
        refuseUnhonoured(request);
        Duration life = lifetimes.granted(request.get(IstioCertificateRequest.VALIDITY_DURATION));
        try {
            SigningRequest csr = SigningRequest.parse(request.get(IstioCertificateRequest.CSR));
            Issued issued = signer.workload(caller, csr.key(), life);
            AUDIT.log(
                    Level.INFO,
                    "Certificate issued: caller={0} serial={1} until={2} key={3} signer={4}",
                    caller,
                    issued.leaf().getSerialNumber().toString(16),
                    issued.leaf().getNotAfter().toInstant(),
                    csr.key().getAlgorithm(),
                    issued.by().signer().getSerialNumber().toString(16));
            return Message.of(IstioCertificateResponse.TYPE)
                    .with(IstioCertificateResponse.CERT_CHAIN, elements(issued));
        } catch (RefusedRequestException e) {
            throw Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asException();
        }
    }

    /** One element for each certificate of the chain, then one for the whole trust bundle: agents take the last for it. */
    private static List<String> elements(Issued issued) {
        List<String> elements = new ArrayList<>();
        for (X509Certificate certificate : issued.chain()) {
            elements.add(Pem.certificates(List.of(certificate)));
        }
        elements.add(Pem.certificates(issued.by().trustBundle()));
        return elements;
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

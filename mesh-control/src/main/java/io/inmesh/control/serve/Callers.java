package io.inmesh.control.serve;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.inmesh.api.identity.SpiffeId;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Puts the authenticated caller of each gRPC call where its service can read it. Thread-safe. */
public final class Callers implements ServerInterceptor {

    private static final Context.Key<SpiffeId> CALLER = Context.key("io.inmesh.caller");
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final String BEARER = "Bearer ";

    private final CallerAuthenticator authenticator;

    public Callers(CallerAuthenticator authenticator) {
        this.authenticator = authenticator;
    }

    /** The caller of the gRPC call that is being served, if it proved an identity. */
    public static Optional<SpiffeId> current() {
        return Optional.ofNullable(CALLER.get());
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        CallerCredentials credentials = new CallerCredentials(
                chain(call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION)), bearerToken(headers));
        Optional<SpiffeId> caller = authenticator.identify(credentials);
        Context context = Context.current();
        if (caller.isPresent()) {
            context = context.withValue(CALLER, caller.get());
        }
        return Contexts.interceptCall(context, call, headers, next);
    }

    private static List<X509Certificate> chain(@Nullable SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        if (session == null) {
            return chain;
        }
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                chain.add((X509Certificate) certificate);
            }
        } catch (SSLPeerUnverifiedException none) {
            return List.of();
        }
        return chain;
    }

    private static Optional<String> bearerToken(Metadata headers) {
        String value = headers.get(AUTHORIZATION);
        return value != null && value.startsWith(BEARER)
                ? Optional.of(value.substring(BEARER.length()).trim())
                : Optional.empty();
    }
}

package io.inmesh.agent.connect;

import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;

/** Gives every call of a channel the same credentials. */
final class TokenInterceptor implements ClientInterceptor {

    private final CallCredentials credentials;

    TokenInterceptor(CallCredentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return next.newCall(method, options.withCallCredentials(credentials));
    }
}

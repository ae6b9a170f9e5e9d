package io.inmesh.control.serve.ca;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.inmesh.api.identity.Pem;
import io.inmesh.control.serve.WireMarshaller;
import io.inmesh.xds.envoy.IstioCa;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateRequest;
import io.inmesh.xds.envoy.IstioCa.IstioCertificateResponse;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.Struct;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Calls the certificate service as a workload does. */
final class CaCalls {

    private CaCalls() {}

    static Channel withToken(Channel channel, String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        return ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    static List<X509Certificate> create(Channel channel, String csr, long seconds, Map<String, Object> metadata)
            throws CertificateException {
        Message request = Message.of(IstioCertificateRequest.TYPE)
                .with(IstioCertificateRequest.CSR, csr)
                .with(IstioCertificateRequest.VALIDITY_DURATION, seconds)
                .with(IstioCertificateRequest.METADATA, Struct.of(metadata));
        MethodDescriptor<Message, Message> method = WireMarshaller.method(
                MethodDescriptor.MethodType.UNARY,
                IstioCa.CREATE_CERTIFICATE,
                IstioCertificateRequest.TYPE,
                IstioCertificateResponse.TYPE);
        Message response = ClientCalls.blockingUnaryCall(
                channel, method, CallOptions.DEFAULT.withDeadlineAfter(20, TimeUnit.SECONDS), request);
        return Pem.readCertificates(String.join("\n", response.get(IstioCertificateResponse.CERT_CHAIN)));
    }
}

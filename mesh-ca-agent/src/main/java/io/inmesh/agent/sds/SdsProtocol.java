package io.inmesh.agent.sds;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.TransportSockets.CertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.Secret;
import io.inmesh.xds.envoy.TransportSockets.TlsCertificate;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Envoy's secret discovery, under the names of Istio's agent. */
final class SdsProtocol implements IdentityProtocol {

    private static final List<String> NAMES = List.of("default", "ROOTCA");

    @Override
    public MethodDescriptor<Message, Message> method() {
        return SecretService.STREAM;
    }

    @Override
    public Metadata headers() {
        return new Metadata();
    }

    @Override
    public Message request() {
        return Message.of(DiscoveryRequest.TYPE)
                .with(DiscoveryRequest.TYPE_URL, Secret.TYPE.typeUrl())
                .with(DiscoveryRequest.RESOURCE_NAMES, NAMES);
    }

    @Override
    public Conversation begin() {
        return new SecretsSoFar();
    }

    /** Key and chain come as one secret and the roots as another, in one response or two. */
    private static final class SecretsSoFar implements Conversation {

        private Optional<Keyed> keyed = Optional.empty();
        private Set<X509Certificate> roots = Set.of();

        @Override
        public Optional<WorkloadIdentity> take(Message response) throws GeneralSecurityException {
            for (Message any : response.get(DiscoveryResponse.RESOURCES)) {
                try {
                    keep(Any.unpack(any, Secret.TYPE));
                } catch (MalformedMessageException e) {
                    throw new CertificateException("a secret that cannot be read", e);
                }
            }
            if (keyed.isEmpty() || roots.isEmpty()) {
                return Optional.empty();
            }
            Keyed now = keyed.get();
            return Optional.of(
                    new WorkloadIdentity(SvidVerifier.idOf(now.chain().get(0)), now.key(), now.chain(), roots));
        }

        private void keep(Message secret) throws GeneralSecurityException {
            if (secret.has(Secret.TLS_CERTIFICATE)) {
                Message pair = secret.get(Secret.TLS_CERTIFICATE);
                keyed = Optional.of(new Keyed(
                        Pem.readPrivateKey(text(pair.get(TlsCertificate.PRIVATE_KEY))),
                        Pem.readCertificates(text(pair.get(TlsCertificate.CERTIFICATE_CHAIN)))));
            } else if (secret.has(Secret.VALIDATION_CONTEXT)) {
                Message trusted = secret.get(Secret.VALIDATION_CONTEXT).get(CertificateValidationContext.TRUSTED_CA);
                roots = new LinkedHashSet<>(Pem.readCertificates(text(trusted)));
            }
        }

        @Override
        public Optional<Message> reply(Message response) {
            return Optional.of(Message.of(DiscoveryRequest.TYPE)
                    .with(DiscoveryRequest.TYPE_URL, Secret.TYPE.typeUrl())
                    .with(DiscoveryRequest.RESOURCE_NAMES, NAMES)
                    .with(DiscoveryRequest.VERSION_INFO, response.get(DiscoveryResponse.VERSION_INFO))
                    .with(DiscoveryRequest.RESPONSE_NONCE, response.get(DiscoveryResponse.NONCE)));
        }

        private static String text(Message source) {
            return source.has(DataSource.INLINE_STRING)
                    ? source.get(DataSource.INLINE_STRING)
                    : source.get(DataSource.INLINE_BYTES).utf8();
        }

        private record Keyed(PrivateKey key, List<X509Certificate> chain) {}
    }
}

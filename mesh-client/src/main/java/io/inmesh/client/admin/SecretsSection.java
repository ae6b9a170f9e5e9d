package io.inmesh.client.admin;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.admin.AdminView.Identity;
import io.inmesh.xds.envoy.AdminListeners.DynamicSecret;
import io.inmesh.xds.envoy.AdminListeners.SecretsConfigDump;
import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.TransportSockets.CertificateValidationContext;
import io.inmesh.xds.envoy.TransportSockets.Secret;
import io.inmesh.xds.envoy.TransportSockets.TlsCertificate;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Message;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The identity under the names that Istio's proxies know it by. The key itself never gets here. */
final class SecretsSection {

    private static final Message KEY_ELSEWHERE = inline("[redacted]");

    private final AdminView view;
    private final Predicate<String> wanted;

    SecretsSection(AdminView view, Predicate<String> wanted) {
        this.view = view;
        this.wanted = wanted;
    }

    Message message() {
        Optional<Identity> held = view.identity();
        List<Message> secrets = held.stream()
                .flatMap(identity -> Stream.of(chain(identity.identity()), roots(identity.identity()))
                        .filter(secret -> wanted.test(secret.get(Secret.NAME)))
                        .map(secret -> Message.of(DynamicSecret.TYPE)
                                .with(DynamicSecret.NAME, secret.get(Secret.NAME))
                                .with(
                                        DynamicSecret.VERSION_INFO,
                                        identity.since().toString())
                                .with(DynamicSecret.LAST_UPDATED, identity.since())
                                .with(DynamicSecret.SECRET, Any.pack(secret))))
                .toList();
        return Message.of(SecretsConfigDump.TYPE).with(SecretsConfigDump.DYNAMIC_ACTIVE_SECRETS, secrets);
    }

    private static Message chain(WorkloadIdentity identity) {
        return Message.of(Secret.TYPE)
                .with(Secret.NAME, "default")
                .with(
                        Secret.TLS_CERTIFICATE,
                        Message.of(TlsCertificate.TYPE)
                                .with(TlsCertificate.CERTIFICATE_CHAIN, inline(Pem.certificates(identity.chain())))
                                .with(TlsCertificate.PRIVATE_KEY, KEY_ELSEWHERE));
    }

    private static Message roots(WorkloadIdentity identity) {
        return Message.of(Secret.TYPE)
                .with(Secret.NAME, "ROOTCA")
                .with(
                        Secret.VALIDATION_CONTEXT,
                        Message.of(CertificateValidationContext.TYPE)
                                .with(
                                        CertificateValidationContext.TRUSTED_CA,
                                        inline(Pem.certificates(identity.trustBundle()))));
    }

    private static Message inline(String text) {
        return Message.of(DataSource.TYPE).with(DataSource.INLINE_BYTES, Bytes.utf8(text));
    }
}

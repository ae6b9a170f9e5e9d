package io.inmesh.client.security;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.DownstreamTls;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.SanMatch;
import io.inmesh.xds.model.tls.TrustSource;
import io.inmesh.xds.model.tls.UpstreamTls;
import java.util.List;
import java.util.stream.Stream;

/** TLS settings as Istio's control plane sends them. */
final class MeshTls {

    static final String SNI = "outbound_.9080_.v1_.reviews.default.svc.cluster.local";

    private MeshTls() {}

    static UpstreamTls upstream(String... exactSans) {
        return new UpstreamTls(
                SNI,
                common(
                        List.of("istio-peer-exchange", "istio"),
                        Stream.of(exactSans)
                                .<StringMatch>map(san -> new StringMatch.Exact(san, false))
                                .toList()));
    }

    static DownstreamTls downstream(String... prefixes) {
        return new DownstreamTls(
                true,
                common(
                        List.of("h2", "http/1.1"),
                        Stream.of(prefixes)
                                .<StringMatch>map(prefix -> new StringMatch.Prefix(prefix, false))
                                .toList()));
    }

    static CommonTls common(List<String> alpn, List<StringMatch> sans) {
        return new CommonTls(
                alpn,
                List.of(new CertificateSource.Sds("default")),
                new PeerValidation(
                        new TrustSource.Sds("ROOTCA"),
                        sans.stream()
                                .map(san -> new SanMatch(SanMatch.Type.ANY, san))
                                .toList()),
                CommonTls.TlsVersion.TLS_1_2,
                CommonTls.TlsVersion.TLS_1_3,
                List.of(),
                List.of());
    }

    static IdentityHolder holding(WorkloadIdentity identity) {
        IdentityHolder holder = new IdentityHolder();
        holder.publish(identity);
        return holder;
    }

    static ClientTls client(WorkloadIdentity identity, String... exactSans) throws TlsUnavailableException {
        return new ClientTlsFactory(holding(identity), new TlsFiles())
                .current(ClientTlsSettings.of(upstream(exactSans)));
    }

    static TlsServer server(WorkloadIdentity identity, String... prefixes) throws java.io.IOException {
        ServerTlsFactory factory = new ServerTlsFactory(holding(identity));
        ServerTlsSettings settings = ServerTlsSettings.of(downstream(prefixes));
        return new TlsServer(() -> factory.engine(settings).orElseThrow());
    }
}

package io.inmesh.client.testing;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.route.InboundSnapshot;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.listener.FilterChain;
import io.inmesh.xds.model.listener.FilterChainMatch;
import io.inmesh.xds.model.listener.FilterChainMatch.SourceType;
import io.inmesh.xds.model.listener.ForwardedClient;
import io.inmesh.xds.model.listener.ForwardedClient.ForwardClientCert;
import io.inmesh.xds.model.listener.ForwardedClient.SetCurrentClientCert;
import io.inmesh.xds.model.listener.HttpConnectionManager;
import io.inmesh.xds.model.listener.HttpFilter;
import io.inmesh.xds.model.listener.Listener;
import io.inmesh.xds.model.listener.NetworkFilter;
import io.inmesh.xds.model.listener.PathNormalization;
import io.inmesh.xds.model.listener.PathNormalization.EscapedSlashes;
import io.inmesh.xds.model.listener.RouteSpecifier;
import io.inmesh.xds.model.tls.CertificateSource;
import io.inmesh.xds.model.tls.CommonTls;
import io.inmesh.xds.model.tls.DownstreamTls;
import io.inmesh.xds.model.tls.PeerValidation;
import io.inmesh.xds.model.tls.SanMatch;
import io.inmesh.xds.model.tls.TransportSocket;
import io.inmesh.xds.model.tls.TrustSource;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Inbound listeners in the shapes that Istio sends for its three modes. */
public final class InboundListeners {

    public static final List<String> ISTIO_ALPN =
            List.of("istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2");

    private InboundListeners() {}

    /** Mutual TLS only, whatever ALPN says. */
    public static InboundSnapshot strict(int port, HttpFilter... filters) {
        return compiled(chain(match(port, "tls"), mutualTls(), http(filters)));
    }

    /** Mutual TLS for who offers Istio's ALPN, else plaintext. */
    public static InboundSnapshot permissive(int port, HttpFilter... filters) {
        return compiled(
                chain(match(port, "tls", ISTIO_ALPN.toArray(String[]::new)), mutualTls(), http(filters)),
                chain(match(port, "raw_buffer"), new TransportSocket.Raw(), http(filters)));
    }

    /** Plaintext only. */
    public static InboundSnapshot disabled(int port, HttpFilter... filters) {
        return compiled(chain(match(port, "raw_buffer"), new TransportSocket.Raw(), http(filters)));
    }

    public static InboundSnapshot compiled(FilterChain... chains) {
        return InboundCompiler.compile(List.of(listener(chains)), MeshClock.system(), KeySources.NONE)
                .snapshot();
    }

    public static Listener listener(FilterChain... chains) {
        return new Listener(
                "virtualInbound", Listener.TrafficDirection.INBOUND, null, List.of(chains), null, true, true);
    }

    public static FilterChain chain(FilterChainMatch match, TransportSocket socket, NetworkFilter... filters) {
        return new FilterChain("a chain", match, socket, List.of(filters));
    }

    public static FilterChainMatch match(@Nullable Integer port, String transport, String... protocols) {
        return new FilterChainMatch(
                port,
                List.of(),
                List.of(),
                transport,
                List.of(protocols),
                List.of(),
                SourceType.ANY,
                List.of(),
                Set.of());
    }

    public static HttpConnectionManager http(HttpFilter... filters) {
        return http(ForwardClientCert.APPEND_FORWARD, filters);
    }

    public static HttpConnectionManager http(ForwardClientCert forward, HttpFilter... filters) {
        return new HttpConnectionManager(
                "envoy.filters.network.http_connection_manager",
                new RouteSpecifier.Rds("inbound"),
                List.of(filters),
                new ForwardedClient(false, 0, false, forward, new SetCurrentClientCert(true, false, false, true, true)),
                new PathNormalization(true, false, EscapedSlashes.KEEP_UNCHANGED),
                Duration.ZERO,
                Duration.ZERO,
                null,
                "istio-envoy",
                Set.of());
    }

    public static DownstreamTls mutualTls() {
        return new DownstreamTls(
                true,
                new CommonTls(
                        List.of("h2", "http/1.1"),
                        List.of(new CertificateSource.Sds("default")),
                        new PeerValidation(
                                new TrustSource.Sds("ROOTCA"),
                                List.of(new SanMatch(
                                        SanMatch.Type.ANY, new StringMatch.Prefix("spiffe://cluster.local/", false)))),
                        CommonTls.TlsVersion.TLS_1_2,
                        CommonTls.TlsVersion.TLS_1_3,
                        List.of(),
                        List.of()));
    }
}

package io.inmesh.control.translate;

import io.inmesh.control.config.PeerAuthentication.Mode;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Protocol;
import io.inmesh.xds.envoy.Listeners.FilterChain;
import io.inmesh.xds.envoy.Listeners.FilterChainMatch;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;

/**
 * Which connections a port takes and what becomes of them: a table of transport, ALPN and answer for each PeerAuthentication mode, as
 * istiod has it. What no chain takes is closed.
 */
final class InboundChains {

    private static final List<String> ISTIO_HTTP = List.of("istio-http/1.0", "istio-http/1.1", "istio-h2");
    private static final List<String> ISTIO_TCP = List.of("istio-peer-exchange", "istio");
    private static final List<String> ISTIO_ANY =
            List.of("istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2");
    private static final List<String> PLAIN_HTTP = List.of("http/1.1", "h2c");
    private static final List<String> NONE = List.of();

    private final Message httpTls;
    private final Message tcpTls;

    InboundChains(MeshSettings mesh) {
        httpTls = TlsContexts.server(mesh, List.of("h2", "http/1.1"));
        tcpTls = TlsContexts.server(mesh, List.of("istio-peer-exchange", "h2", "http/1.1"));
    }

    /** Where accepted connections go; the port is 0 for every port that has no chain of its own */
    record Target(int port, String name, List<Message> http, List<Message> tcp) {
        Target on(int other) {
            return new Target(other, name, http, tcp);
        }
    }

    List<Message> ofPort(Mode mode, Protocol protocol, Target target) {
        return switch (protocol) {
            case HTTP, HTTP2 -> ofHttp(mode, target);
            case TCP -> ofTcp(mode, target);
            case UNKNOWN -> ofUnknownProtocol(mode, target);
        };
    }

    private List<Message> ofHttp(Mode mode, Target target) {
        return switch (mode) {
            case STRICT -> List.of(tlsHttp(target, NONE));
            case PERMISSIVE -> List.of(tlsHttp(target, ISTIO_ANY), plain(target, NONE, target.http()));
            case DISABLE -> List.of(plain(target, NONE, target.http()));
        };
    }

    private List<Message> ofTcp(Mode mode, Target target) {
        return switch (mode) {
            case STRICT -> List.of(tlsTcp(target, NONE));
            case PERMISSIVE ->
                List.of(tlsTcp(target, ISTIO_TCP), plain(target, NONE, target.tcp()), untouchedTls(target));
            case DISABLE -> List.of(plain(target, NONE, target.tcp()), untouchedTls(target));
        };
    }

    List<Message> ofUnknownProtocol(Mode mode, Target target) {
        List<Message> chains = new ArrayList<>();
        if (mode != Mode.DISABLE) {
            chains.add(tlsHttp(target, ISTIO_HTTP));
        }
        if (mode != Mode.STRICT) {
            chains.add(plain(target, PLAIN_HTTP, target.http()));
        }
        if (mode == Mode.STRICT) {
            chains.add(tlsTcp(target, NONE));
        } else {
            if (mode == Mode.PERMISSIVE) {
                chains.add(tlsTcp(target, ISTIO_TCP));
            }
            chains.add(plain(target, NONE, target.tcp()));
            chains.add(untouchedTls(target));
        }
        return chains;
    }

    private Message tlsHttp(Target target, List<String> alpn) {
        return chain(target, "tls", alpn, target.http()).with(FilterChain.TRANSPORT_SOCKET, httpTls);
    }

    private Message tlsTcp(Target target, List<String> alpn) {
        return chain(target, "tls", alpn, target.tcp()).with(FilterChain.TRANSPORT_SOCKET, tcpTls);
    }

    private static Message plain(Target target, List<String> alpn, List<Message> filters) {
        return chain(target, "raw_buffer", alpn, filters);
    }

    /** TLS of the application itself is passed on. */
    private static Message untouchedTls(Target target) {
        return chain(target, "tls", NONE, target.tcp());
    }

    private static Message chain(Target target, String transport, List<String> alpn, List<Message> filters) {
        boolean catchAllHttp = target.port() == 0 && filters == target.http();
        return Message.of(FilterChain.TYPE)
                .with(FilterChain.NAME, catchAllHttp ? target.name() + "-catchall-http" : target.name())
                .with(
                        FilterChain.FILTER_CHAIN_MATCH,
                        Message.of(FilterChainMatch.TYPE)
                                .with(
                                        FilterChainMatch.DESTINATION_PORT,
                                        target.port() == 0 ? null : Long.valueOf(target.port()))
                                .with(FilterChainMatch.TRANSPORT_PROTOCOL, transport)
                                .with(FilterChainMatch.APPLICATION_PROTOCOLS, alpn))
                .with(FilterChain.FILTERS, filters);
    }
}

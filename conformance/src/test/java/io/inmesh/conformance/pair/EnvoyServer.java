package io.inmesh.conformance.pair;

import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.EnvoyTexts;
import io.inmesh.testkit.PemFiles;

/** A stock Envoy with the chains that Istio gives a port in each mode. */
public final class EnvoyServer implements PairServer {

    /** What Istio's proxies offer; who offers none of it to a permissive port is not taken for a member. */
    private static final String ISTIO_ALPN =
            "application_protocols: [istio, istio-peer-exchange, istio-http/1.0, istio-http/1.1, istio-h2]";

    private static final String ANSWER = """
            direct_response: {status: 200, body: {inline_string: ok}},
            response_headers_to_add: [{header: {key: x-proto, value: "%PROTOCOL%"}}, {header: {key: x-peer, value: "%DOWNSTREAM_PEER_URI_SAN%"}},
             {header: {key: x-forwarded, value: "%REQ(X-FORWARDED-CLIENT-CERT)%"}}]""";

    private final EnvoyProcess envoy;

    /** Starts it. */
    public EnvoyServer(Pairing.Mode mode, PemFiles files) {
        String tls = EnvoyTexts.requiredMutualTls(files);
        EnvoyTexts texts = new EnvoyTexts();
        if (mode == Pairing.Mode.STRICT) {
            texts.listener("in", EnvoyTexts.chain("transport_protocol: tls", tls, ANSWER));
        } else {
            texts.listener(
                    "in",
                    EnvoyTexts.chain("transport_protocol: tls, " + ISTIO_ALPN, tls, ANSWER),
                    EnvoyTexts.chain("transport_protocol: raw_buffer", "", ANSWER));
        }
        envoy = EnvoyProcess.start(texts.bootstrap());
    }

    @Override
    public int port() {
        return envoy.port("in");
    }

    @Override
    public void close() {
        envoy.close();
    }
}

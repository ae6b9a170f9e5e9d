package io.inmesh.client.pipeline;

import io.inmesh.api.http.LocalReply;
import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.Deadline;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.MeshListener;
import io.inmesh.api.spi.MeshListener.Reporter;
import io.inmesh.api.spi.Workload;
import io.inmesh.client.authz.CallerRule;
import io.inmesh.client.authz.Denial;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.InboundPath;
import io.inmesh.client.authz.InboundRequest;
import io.inmesh.client.authz.PolicyReport;
import io.inmesh.client.authz.SecurityFilter;
import io.inmesh.client.pipeline.InboundDecision.Close;
import io.inmesh.client.pipeline.InboundDecision.Proceed;
import io.inmesh.client.pipeline.InboundDecision.Reply;
import io.inmesh.client.pipeline.InboundOpening.Plaintext;
import io.inmesh.client.pipeline.InboundOpening.Refused;
import io.inmesh.client.pipeline.InboundOpening.Tls;
import io.inmesh.client.resilience.InboundBudget;
import io.inmesh.client.route.InboundChain;
import io.inmesh.client.route.InboundHolder;
import io.inmesh.client.route.InboundHttp;
import io.inmesh.client.route.InboundSnapshot;
import io.inmesh.client.security.ServerTlsSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.IntConsumer;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * The called side: judges connections by their first bytes and requests by everything that is known. It knows no server; adapters
 * give it plain data and do what it answers. Decisions follow the snapshot of the moment, for open connections too. Thread-safe;
 * never blocks.
 */
public final class InboundPipeline {

    private final InboundHolder holder;
    private final Function<ServerTlsSettings, Optional<SSLEngine>> engines;
    private final @Nullable MeshListener listener;
    private final MeshClock clock;
    private final InboundPeers peers = new InboundPeers();
    private volatile IntConsumer covering = port -> {};
    private volatile List<SecurityFilter> callerRules = List.of();

    /**
     * A pipeline over a holder.
     *
     * @param engines makes the server's end of a handshake under the current identity; empty without an identity
     * @param listener hears of every request; null: nobody does
     */
    public InboundPipeline(
            InboundHolder holder,
            Function<ServerTlsSettings, Optional<SSLEngine>> engines,
            @Nullable MeshListener listener,
            MeshClock clock) {
        this.holder = holder;
        this.engines = engines;
        this.listener = listener;
        this.clock = clock;
    }

    /** What the application itself says of its callers, from now on; it holds besides what the operator says. */
    public void restrict(List<CallerRule> rules) {
        callerRules = List.copyOf(rules);
    }

    /** What the application says of its callers. */
    public List<CallerRule> callerRules() {
        return callerRules.stream().map(CallerRule.class::cast).toList();
    }

    /** Who wants to know which ports are protected. */
    public void covering(IntConsumer hearing) {
        covering = hearing;
    }

    /** A server's adapter listens, and every connection and request of the port comes to this pipeline. */
    public void covers(int port) {
        covering.accept(port);
    }

    /** Puts the caller's time limit where calls that go out on its behalf find it, for this thread until the scope is closed. */
    public Deadline.Scope deadline(MeshRequest request) {
        // A thread of a pool begins without what its last request left.
        long millis =
                InboundBudget.millis(request.header("x-envoy-expected-rq-timeout-ms"), request.header("grpc-timeout"));
        return Deadline.with(
                millis < 0 ? null : new Deadline(clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis)));
    }

    /** Decides what a connection is to become: mutual TLS, plaintext, or closed. */
    public InboundOpening open(InboundConnection connection) {
        Judged judged = judge(connection);
        if (judged.refusal() != null || judged.chain() == null) {
            return new Refused(String.valueOf(judged.refusal()));
        }
        ServerTlsSettings tls = judged.chain().tls();
        if (tls == null) {
            return new Plaintext();
        }
        return engines.apply(tls)
                .<InboundOpening>map(Tls::new)
                .orElseGet(() -> new Refused("this workload has no identity yet"));
    }

    /** How TLS of such a connection is to be ended; empty if the connection is to be closed, or is none of TLS. For servers with TLS of their own. */
    public Optional<ServerTlsSettings> tls(InboundConnection connection) {
        InboundChain chain = judge(connection).chain();
        return chain == null ? Optional.empty() : Optional.ofNullable(chain.tls());
    }

    /** Decides what becomes of a request, and lets the listener hear of it. */
    public InboundCall call(InboundConnection connection, MeshRequest request) {
        Judged judged = judge(connection);
        InboundHttp http = judged.chain() == null ? null : judged.chain().http();
        CallReport.Service service = http == null ? CallReport.Service.UNKNOWN : http.service();
        CallListener heard = listener == null ? null : listener.callStarted(Reporter.DESTINATION, request);
        InboundDecision decision = decide(judged, http, connection, request);
        if (heard != null) {
            InboundVerdicts.tell(decision, heard);
        }
        Workload peer = heard == null ? Workload.UNKNOWN : peers.of(connection, request);
        return new InboundCall(decision, connection, peer, service, heard, clock);
    }

    /** Decides what becomes of a request; nobody hears of it. */
    public InboundDecision decide(InboundConnection connection, MeshRequest request) {
        Judged judged = judge(connection);
        return decide(judged, judged.chain() == null ? null : judged.chain().http(), connection, request);
    }

    private InboundDecision decide(
            Judged judged, @Nullable InboundHttp http, InboundConnection connection, MeshRequest request) {
        if (http == null) {
            return new Close(String.valueOf(judged.refusal()));
        }
        if (connection.tls() && connection.peer() == null) {
            return new Close("the handshake proved no identity");
        }
        Optional<InboundPath> path = InboundPath.of(request.path());
        if (path.isEmpty()) {
            return refusedPath();
        }
        InboundRequest judgedRequest = new InboundRequest(request, path.get(), connection);
        List<PolicyReport> reports = new ArrayList<>(0);
        Denial ofConnection = denial(http.connectionFilters(), judgedRequest, reports);
        if (ofConnection != null) {
            return new Close(ofConnection.filter() + ": " + ofConnection.reason() + ", " + ofConnection.policy());
        }
        Denial denial = denial(http.filters(), judgedRequest, reports);
        if (denial == null) {
            denial = denial(callerRules, judgedRequest, reports);
        }
        if (denial != null) {
            return new Reply(denial.reply(), denial, reports);
        }
        String received = request.header(InboundHeaders.FORWARDED_CLIENT_CERT);
        String forwarded = InboundForwardedCert.value(http.forwardedClient(), connection, received);
        InboundHeaders headers = new InboundHeaders(connection.peer() != null, forwarded, judgedRequest.edits());
        return new Proceed(judgedRequest.target(), headers, reports);
    }

    private static @Nullable Denial denial(
            List<SecurityFilter> filters, InboundRequest request, List<PolicyReport> reports) {
        Denial denial = null;
        for (int i = 0; i < filters.size() && denial == null; i++) {
            denial = filters.get(i).check(request, reports);
        }
        return denial;
    }

    /** Either a chain that serves the connection or the reason why none does. */
    private record Judged(
            @Nullable InboundChain chain, @Nullable String refusal) {

        static Judged refused(String reason) {
            return new Judged(null, reason);
        }
    }

    private Judged judge(InboundConnection connection) {
        Optional<InboundSnapshot> snapshot = holder.current();
        if (snapshot.isEmpty()) {
            return Judged.refused("no configuration has arrived yet");
        }
        Optional<InboundChain> found = snapshot.get().chain(connection);
        if (found.isEmpty()) {
            return Judged.refused("no filter chain takes it");
        }
        InboundChain chain = found.get();
        if (chain.refusal() != null) {
            return Judged.refused("filter chain " + chain.name() + ": " + chain.refusal());
        }
        if ((chain.tls() != null) != connection.tls()) {
            return Judged.refused("filter chain " + chain.name() + " passes TLS through");
        }
        return new Judged(chain, null);
    }

    private static InboundDecision refusedPath() {
        LocalReply reply = new LocalReply(400, List.of(), "", null, "path_normalization_failed");
        return new Reply(reply, new Denial("http", "none", "the path has no one meaning", reply), List.of());
    }
}

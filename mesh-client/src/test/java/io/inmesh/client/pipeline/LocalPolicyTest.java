package io.inmesh.client.pipeline;

import static io.inmesh.client.fixture.Resources.retry;
import static io.inmesh.client.fixture.Resources.route;
import static io.inmesh.client.fixture.Resources.to;
import static io.inmesh.client.fixture.Resources.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyField;
import io.inmesh.client.adapter.resilience4j.Resilience4jGuards;
import io.inmesh.client.fixture.Resources;
import io.inmesh.client.pipeline.BareTransport.Answer;
import io.inmesh.client.pipeline.BareTransport.Response;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.client.route.LocalPolicy;
import io.inmesh.client.route.PolicyChoice;
import io.inmesh.testkit.TextRequest;
import io.inmesh.xds.model.cluster.CircuitBreakers;
import io.inmesh.xds.model.cluster.CircuitBreakers.Thresholds;
import io.inmesh.xds.model.cluster.Cluster;
import io.inmesh.xds.model.cluster.CommonLb;
import io.inmesh.xds.model.cluster.LbPolicy;
import io.inmesh.xds.model.route.RetryOn;
import io.inmesh.xds.model.route.Route;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An application's own policies: they hold where no operator says anything, field by field. */
class LocalPolicyTest {

    private static final String OUTBOUND = "outbound|80||a.shop.svc.cluster.local";
    private static final String V2 = "outbound|80|v2|a.shop.svc.cluster.local";
    private static final String VIRTUAL_SERVICE = "/apis/networking.istio.io/v1/namespaces/shop/virtual-service/a";
    private static final Answer BROKEN = Answer.status(500);

    private static CallPolicy policy(Object... settings) {
        CallPolicy.Builder policy = CallPolicy.builder("shop.A#get()");
        for (int i = 0; i < settings.length; i += 2) {
            policy.set((PolicyField) settings[i], settings[i + 1].toString(), "@Mesh on shop.A");
        }
        return policy.build();
    }

    private static TestMesh mesh(Route route, Answer answer) {
        return new TestMesh(
                new Resources()
                        .routes(route)
                        .cluster(OUTBOUND, "10.0.0.1:80", "10.0.0.2:80")
                        .cluster(V2, "10.0.0.3:80"),
                sent -> answer);
    }

    private static Response call(TestMesh mesh, CallPolicy policy) {
        return mesh.call(TextRequest.get("http://a/").with(policy));
    }

    @Test
    void aTimeoutHoldsWhereNoOperatorSetOne() {
        Answer slow = Answer.status(200).after(Duration.ofSeconds(3));

        Response response = call(mesh(route("/", to(OUTBOUND)), slow), policy(PolicyField.TIMEOUT, "2s"));

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.flags()).containsExactly(ResponseFlag.UT);
    }

    @Test
    void anOperatorsTimeoutWins() {
        Answer slow = Answer.status(200).after(Duration.ofSeconds(3));
        Route operators = written(route("/", to(OUTBOUND, Duration.ofSeconds(5), null)), VIRTUAL_SERVICE, "timeout");

        assertThat(call(mesh(operators, slow), policy(PolicyField.TIMEOUT, "2s"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void anOperatorMaySwitchOffWhatEqualsTheDefault() {
        Answer slow = Answer.status(200).after(Duration.ofSeconds(3));
        Route unlimited = written(route("/", to(OUTBOUND)), VIRTUAL_SERVICE, "timeout");

        assertThat(call(mesh(unlimited, slow), policy(PolicyField.TIMEOUT, "2s"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void againstAnIstiodADefaultCountsAsUnsetAndAnythingElseAsSet() {
        Route istios = route("/", to(OUTBOUND, null, retry(2, RetryOn.CONNECT_FAILURE, RetryOn.REFUSED_STREAM)));
        Route others = route("/", to(OUTBOUND, null, retry(1, RetryOn.GATEWAY_ERROR)));
        CallPolicy retries = policy(PolicyField.RETRY_ATTEMPTS, 3, PolicyField.RETRY_ON, "5xx");

        assertThat(call(mesh(istios, BROKEN), retries).attempts()).isEqualTo(4);
        assertThat(call(mesh(others, BROKEN), retries).attempts()).isEqualTo(1);
    }

    @Test
    void retriesAreMergedFieldByField() {
        Route operators = written(
                route("/", to(OUTBOUND, null, retry(1, RetryOn.CONNECT_FAILURE))), VIRTUAL_SERVICE, "retries.attempts");
        CallPolicy retries = policy(PolicyField.RETRY_ATTEMPTS, 5, PolicyField.RETRY_ON, "5xx");
        TestMesh mesh = mesh(operators, BROKEN);

        assertThat(call(mesh, retries).attempts())
                .as("the operator's number, the application's condition")
                .isEqualTo(2);
        assertThat(mesh.pipeline
                        .explain(TextRequest.get("http://a/").with(retries))
                        .settings())
                .containsExactly(
                        new PolicyChoice(
                                "retries.attempts",
                                "",
                                VIRTUAL_SERVICE,
                                java.util.List.of("retries.attempts=5 (@Mesh on shop.A)")),
                        new PolicyChoice("retries.retryOn", "[5xx]", "@Mesh on shop.A", java.util.List.of()));
    }

    @Test
    void attemptsAreOffWhereAnOperatorSaysZero() {
        Route off = written(route("/", to(OUTBOUND)), VIRTUAL_SERVICE, "retries.attempts");

        assertThat(call(mesh(off, BROKEN), policy(PolicyField.RETRY_ATTEMPTS, 2, PolicyField.RETRY_ON, "5xx"))
                        .attempts())
                .isEqualTo(1);
    }

    @Test
    void attemptsDoNotCountTheFirstCallAndStatusesAreConditions() {
        CallPolicy retries = policy(PolicyField.RETRY_ATTEMPTS, 2, PolicyField.RETRY_ON, "418");

        assertThat(call(mesh(route("/", to(OUTBOUND)), Answer.status(418)), retries)
                        .attempts())
                .isEqualTo(3);
    }

    @Test
    void anAttemptHasItsOwnLimit() {
        Answer slow = Answer.status(200).after(Duration.ofSeconds(1));
        CallPolicy retries = policy(
                PolicyField.RETRY_ATTEMPTS, 1, PolicyField.RETRY_ON, "5xx", PolicyField.RETRY_PER_TRY_TIMEOUT, "500ms");

        Response response = call(mesh(route("/", to(OUTBOUND)), slow), retries);

        assertThat(response.status()).isEqualTo(504);
        assertThat(response.attempts()).isEqualTo(2);
    }

    @Test
    void aSubsetIsCalledUnlessAVirtualServiceDecides() {
        CallPolicy v2 = policy(PolicyField.ROUTE_SUBSET, "v2");
        TestMesh free = mesh(route("/", to(OUTBOUND)), Answer.status(200));
        TestMesh decided = mesh(written(route("/", to(OUTBOUND)), VIRTUAL_SERVICE), Answer.status(200));

        call(free, v2);
        call(decided, v2);

        assertThat(free.sent().get(0).cluster()).isEqualTo(V2);
        assertThat(decided.sent().get(0).cluster()).isEqualTo(OUTBOUND);
    }

    @Test
    void aSubsetThatThereIsNotIsAnErrorAsInIstio() {
        Response response =
                call(mesh(route("/", to(OUTBOUND)), Answer.status(200)), policy(PolicyField.ROUTE_SUBSET, "v9"));

        assertThat(response.status()).isEqualTo(503);
        assertThat(response.flags()).containsExactly(ResponseFlag.NC);
    }

    @Test
    void anEndpointIsEjectedByThePolicysOwnLimit() {
        TestMesh mesh = new TestMesh(
                new Resources().routes(route("/", to(OUTBOUND))).cluster(OUTBOUND, "10.0.0.1:80", "10.0.0.2:80"),
                sent -> sent.address().equals("10.0.0.1:80") ? BROKEN : Answer.status(200));
        CallPolicy ejecting = policy(PolicyField.CONSECUTIVE_5XX, 1, PolicyField.MAX_EJECTION_PERCENT, 50);

        for (int i = 0; i < 20; i++) {
            call(mesh, ejecting);
        }

        assertThat(mesh.addresses().stream().filter("10.0.0.1:80"::equals)).hasSize(1);
    }

    @Test
    void aConnectionPoolHasThePolicysLimitUnlessAnOperatorSetsOne() {
        CallPolicy one = policy(PolicyField.MAX_REQUESTS, 1);
        Thresholds two = new Thresholds(1024, 1024, 2, 3, null);
        assertThat(secondOf(CircuitBreakers.DEFAULT, one)).isEqualTo(503);
        assertThat(secondOf(new CircuitBreakers(two, two), one)).isEqualTo(200);
    }

    /** The status of a call while another is under way. */
    private static int secondOf(CircuitBreakers breakers, CallPolicy policy) {
        Cluster cluster = Resources.cluster(
                OUTBOUND,
                new LbPolicy.RoundRobin(null),
                new CommonLb(0, new CommonLb.LocalityMode.None()),
                breakers,
                null);
        TestMesh mesh = new TestMesh(
                new Resources()
                        .routes(route("/", to(OUTBOUND)))
                        .cluster(http2(cluster))
                        .endpoints(OUTBOUND, "10.0.0.1:80"),
                sent -> Answer.status(200));
        mesh.open(TextRequest.get("http://a/").with(policy));
        return mesh.open(TextRequest.get("http://a/").with(policy)).status();
    }

    private static Cluster http2(Cluster cluster) {
        return new Cluster(
                cluster.name(),
                cluster.discovery(),
                cluster.connectTimeout(),
                cluster.lbPolicy(),
                cluster.commonLb(),
                cluster.circuitBreakers(),
                cluster.outlierDetection(),
                new io.inmesh.xds.model.cluster.HttpProtocolOptions(
                        io.inmesh.xds.model.cluster.HttpProtocolOptions.Protocol.HTTP2,
                        Duration.ofMinutes(5),
                        0,
                        null,
                        null,
                        null),
                cluster.transport(),
                cluster.tcpKeepalive(),
                cluster.metadata());
    }

    @Test
    void aFaultIsInjectedAndAnOperatorsWins() {
        CallPolicy teapot = policy(PolicyField.FAULT_ABORT_STATUS, 418, PolicyField.FAULT_DELAY, "100ms");

        Response response = call(mesh(route("/", to(OUTBOUND)), Answer.status(200)), teapot);

        assertThat(response.status()).isEqualTo(418);
        assertThat(response.flags()).containsExactlyInAnyOrder(ResponseFlag.DI, ResponseFlag.FI);
        Route operators = written(route("/", to(OUTBOUND)), VIRTUAL_SERVICE, "fault");
        assertThat(call(mesh(operators, Answer.status(200)), teapot).status()).isEqualTo(200);
    }

    @Test
    void aFallbackStandsInForFailuresAndNotForAnswers() {
        CallPolicy empty = policy(PolicyField.FALLBACK_STATUS, 200, PolicyField.FALLBACK_BODY, "[]");

        Response failed = call(mesh(route("/", to(OUTBOUND)), Answer.reset(ResetReason.REMOTE_RESET)), empty);
        Response answered = call(mesh(route("/", to(OUTBOUND)), BROKEN), empty);

        assertThat(failed.status()).isEqualTo(200);
        assertThat(failed.body()).isEqualTo("[]");
        assertThat(failed.headers()).containsAllEntriesOf(Map.of("content-type", "application/json"));
        assertThat(failed.flags()).as("what happened is still told").containsExactly(ResponseFlag.UR);
        assertThat(answered.status()).isEqualTo(500);
    }

    @Test
    void aBreakerOpensOnFailuresAfterRetriesAndClosesAgain() {
        Answer[] answer = {BROKEN};
        TestMesh[] holder = new TestMesh[1];
        TestMesh mesh = guarded(holder, answer);
        CallPolicy breaking = policy(
                PolicyField.RETRY_ATTEMPTS,
                1,
                PolicyField.RETRY_ON,
                "5xx",
                PolicyField.FAILURE_RATE,
                50,
                PolicyField.SLIDING_WINDOW,
                2,
                PolicyField.MINIMUM_CALLS,
                2,
                PolicyField.OPEN_FOR,
                "10s",
                PolicyField.HALF_OPEN_CALLS,
                1);

        call(mesh, breaking);
        call(mesh, breaking);
        assertThat(mesh.sent()).as("two calls of two attempts").hasSize(4);
        Response open = call(mesh, breaking);

        assertThat(open.status()).isEqualTo(503);
        assertThat(open.body()).isEqualTo("circuit breaker is open");
        assertThat(open.flags()).containsExactly(ResponseFlag.UO);
        assertThat(mesh.sent()).hasSize(4);
        answer[0] = Answer.status(200);
        mesh.time.advance(Duration.ofSeconds(11));
        assertThat(call(mesh, breaking).status()).isEqualTo(200);
        assertThat(call(mesh, breaking).status()).isEqualTo(200);
    }

    @Test
    void aBulkheadCountsCallsUntilTheirLastByte() {
        TestMesh mesh = guarded(new TestMesh[1], new Answer[] {Answer.status(200)});
        CallPolicy one = policy(PolicyField.BULKHEAD, 1);

        Response first = mesh.open(TextRequest.get("http://a/").with(one));
        assertThat(call(mesh, one).body()).isEqualTo("bulkhead is full");
        first.read();
        assertThat(call(mesh, one).status()).isEqualTo(200);
    }

    @Test
    void aRateLimitAnswersAsEnvoys() {
        TestMesh mesh = guarded(new TestMesh[1], new Answer[] {Answer.status(200)});
        CallPolicy one = policy(PolicyField.RATE_PERMITS, 1, PolicyField.RATE_PER, "1m");

        assertThat(call(mesh, one).status()).isEqualTo(200);
        Response limited = call(mesh, one);

        assertThat(limited.status()).isEqualTo(429);
        assertThat(limited.body()).isEqualTo("local_rate_limited");
        assertThat(limited.flags()).containsExactly(ResponseFlag.RL);
    }

    private static TestMesh guarded(TestMesh[] holder, Answer[] answer) {
        VirtualTime[] time = new VirtualTime[1];
        Resilience4jGuards[] guards = new Resilience4jGuards[1];
        holder[0] = new TestMesh(
                new Resources().routes(route("/", to(OUTBOUND))).cluster(OUTBOUND, "10.0.0.1:80"),
                sent -> answer[0],
                null,
                asked -> guards[0].of(asked));
        time[0] = holder[0].time;
        guards[0] = new Resilience4jGuards(time[0]);
        return holder[0];
    }

    @Test
    void whatWasComputedForARouteIsKeptUntilTheSnapshotChanges() {
        TestMesh mesh = mesh(route("/", to(OUTBOUND)), Answer.status(200));
        LocalPolicy local = mesh.pipeline.policies().of(policy(PolicyField.TIMEOUT, "2s"));
        var route = ChooseRoute.find(mesh.snapshot(), TextRequest.get("http://a/"), 0);

        var first = local.apply(mesh.snapshot(), route);

        assertThat(local.apply(mesh.snapshot(), route)).isSameAs(first);
    }

    @Test
    void whatCannotTakeEffectIsRefusedWithASentence() {
        TestMesh mesh = mesh(route("/", to(OUTBOUND)), Answer.status(200));

        assertThatThrownBy(() -> mesh.pipeline.policies().of(policy(PolicyField.RETRY_ON, "sometimes")))
                .isInstanceOf(MeshConfigurationException.class)
                .hasMessageStartingWith("@Mesh on shop.A: retryOn: 'sometimes' is no condition of Envoy's");
        assertThatThrownBy(() -> mesh.pipeline.policies().of(policy(PolicyField.BULKHEAD, 1)))
                .hasMessageContaining("resilience4j-all");
        assertThatThrownBy(() -> mesh.pipeline.policies().of(policy(PolicyField.ROUTE_HOST, "http://reviews")))
                .hasMessageContaining("is no host such as reviews");
        assertThatThrownBy(() -> mesh.pipeline.policies().of(policy(PolicyField.FAULT_DELAY_PERCENT, 5)))
                .hasMessageContaining("neither delays nor aborts");
    }
}

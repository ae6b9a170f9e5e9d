package io.inmesh.control.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ResourceReaderTest {

    private static List<String> messages(String text) {
        return Yaml.of(text).problems().stream().map(Problem::toString).toList();
    }

    @Test
    void readsAVirtualService() {
        VirtualService virtual = Yaml.of("""
                apiVersion: networking.istio.io/v1alpha3
                kind: VirtualService
                metadata: {name: reviews, namespace: shop}
                spec:
                  hosts: [reviews]
                  http:
                  - timeout: 1.5s
                    retries: {attempts: 3, perTryTimeout: 250ms, retryOn: "5xx,503"}
                    route: [{destination: {host: reviews, subset: v1}, weight: 1}]
                """).of(VirtualService.class).get(0);

        HttpRoute route = virtual.http().get(0);
        assertThat(virtual.gateways()).containsExactly("mesh");
        assertThat(route.timeout()).contains(Duration.ofMillis(1500));
        assertThat(route.retries().orElseThrow().perTryTimeout()).contains(Duration.ofMillis(250));
        assertThat(route.destinations().get(0).destination().subset()).contains("v1");
        assertThat(virtual.meta().apiPath())
                .isEqualTo("/apis/networking.istio.io/v1/namespaces/shop/virtual-service/reviews");
    }

    @Nested
    class AFieldThatHasNoEffect {

        @Test
        void isReportedWithTheNameThatWasMeant() {
            assertThat(messages("""
                    apiVersion: networking.istio.io/v1
                    kind: VirtualService
                    metadata: {name: a}
                    spec:
                      hosts: [a]
                      http:
                      - timeot: 1s
                        route: [{destination: {host: a}}]
                    """))
                    .containsExactly(
                            "test.yaml:7: VirtualService default/a: spec.http[0].timeot: unknown field; did you mean 'timeout'?");
        }

        @Test
        void isReportedWhereIstioHasIt() {
            assertThat(messages("""
                    apiVersion: networking.istio.io/v1
                    kind: VirtualService
                    metadata: {name: a}
                    spec:
                      hosts: [a]
                      tcp:
                      - route: [{destination: {host: a}}]
                    """))
                    .containsExactly(
                            "test.yaml:7: VirtualService default/a: spec.tcp: is not supported yet and has no effect");
        }
    }

    @Test
    void aKindThatIsNotSupportedIsNamed() {
        assertThat(messages("{apiVersion: networking.istio.io/v1, kind: EnvoyFilter, metadata: {name: g}, spec: {}}"))
                .containsExactly(
                        "test.yaml:1: EnvoyFilter default/g: networking.istio.io EnvoyFilter is not supported and has no effect");
    }

    @Test
    void anErrorHasFileLineFieldAndReason() {
        assertThat(messages("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: a}
                spec:
                  hosts: [a]
                  http:
                  - timeout: soon
                    route: [{destination: {host: a}}]
                """))
                .containsExactly(
                        "test.yaml:7: VirtualService default/a: spec.http[0].timeout: must be a duration such as 250ms or 1m30s, not soon");
    }

    @Test
    void textThatYamlTakesForANumberIsRefusedAsTheApiServerDoes() {
        assertThat(messages("{apiVersion: v1, kind: Pod, metadata: {name: a, labels: {version: 1}}, spec: {}}")
                        .get(0))
                .contains("metadata.labels[version]: must be text: write \"1\" in quotes");
    }

    @Test
    void aRegexThatRe2DoesNotHaveIsRefused() {
        for (String regex :
                List.of("(?=x)y", "(a)\\\\1", "a++", "(((", "(".repeat(60) + ")".repeat(60), "x".repeat(1025))) {
            assertThat(messages("""
                    apiVersion: networking.istio.io/v1
                    kind: VirtualService
                    metadata: {name: a}
                    spec: {hosts: [a], http: [{match: [{uri: {regex: "%s"}}], route: [{destination: {host: a}}]}]}
                    """.formatted(regex)))
                    .as(regex)
                    .singleElement()
                    .asString()
                    .contains("regex");
        }
    }

    @Nested
    class ASecurityResourceThatIsWrong {

        @Test
        void deniesWhatItSelects() {
            AuthorizationPolicy policy =
                    Yaml.of("""
                    apiVersion: security.istio.io/v1
                    kind: AuthorizationPolicy
                    metadata: {name: a}
                    spec:
                      selector: {matchLabels: {app: x}}
                      action: ALOW
                    """).of(AuthorizationPolicy.class).get(0);

            assertThat(policy.action()).isEqualTo(AuthorizationPolicy.Action.DENY);
            assertThat(policy.selector()).containsEntry("app", "x");
            assertThat(policy.rules()).containsExactly(AuthorizationPolicy.Rule.ALL);
        }

        @Test
        void asksForMutualTlsWhereThatIsWhatItIsAbout() {
            PeerAuthentication policy = Yaml.of(
                            "{apiVersion: security.istio.io/v1, kind: PeerAuthentication, metadata: {name: a}, spec: {mtls: {mode: STRIKT}}}")
                    .of(PeerAuthentication.class)
                    .get(0);

            assertThat(policy.mode()).contains(PeerAuthentication.Mode.STRICT);
        }

        @Test
        void marksThePartThatCannotBeHonoured() {
            AuthorizationPolicy policy =
                    Yaml.of("""
                    apiVersion: security.istio.io/v1
                    kind: AuthorizationPolicy
                    metadata: {name: a}
                    spec:
                      rules:
                      - from:
                        - source: {otherPrincipals: ["*"]}
                        - source: {principals: ["a/ns/b/sa/c"]}
                        to:
                        - operation: {newField: [x]}
                    """).of(AuthorizationPolicy.class).get(0);

            AuthorizationPolicy.Rule rule = policy.rules().get(0);
            assertThat(rule.from().get(0).honoured()).isFalse();
            assertThat(rule.from().get(1).honoured()).isTrue();
            assertThat(rule.to().get(0).honoured()).isFalse();
        }
    }

    @Test
    void theTutorialIsReadWithoutAnyProblem() throws IOException {
        Path folder = Peers.shared("tutorial");
        List<Problem> problems = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                problems.addAll(Yaml.file(file.getFileName().toString(), Files.readString(file))
                        .problems());
            }
        }

        assertThat(problems).isEmpty();
    }

    @Test
    void istiosOwnExamplesOfValidResourcesAreNoErrors() throws IOException {
        Path folder = Peers.shared("istio/crd-validation");
        for (String name : List.of(
                "authz", "destinationrule", "peerauth", "reqauth", "serviceentry", "workloadentry", "workloadgroup")) {
            // YAML 1.2 reads the colon before the bracket as the end of a key; 1.1, which Go has, does not.
            String text = Files.readString(folder.resolve(name + "-valid.yaml")).replace("001:db8::", "'001:db8::'");
            assertThat(Yaml.of(text).problems().stream()
                            .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                            .filter(problem -> !problem.reason().contains("stands twice"))
                            .map(Problem::toString))
                    .as(name)
                    .isEmpty();
        }
    }
}

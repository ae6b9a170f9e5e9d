package io.inmesh.control.translate;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.pipeline.Explanation;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.xds.model.FractionalPercent;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.route.CorsPolicy;
import io.inmesh.xds.model.route.DirectResponse;
import io.inmesh.xds.model.route.PathRewrite;
import io.inmesh.xds.model.route.PerFilterConfig;
import io.inmesh.xds.model.route.Redirect;
import io.inmesh.xds.model.route.Route;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VirtualServiceTest {

    private static final String SERVICES = """
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: shop}
            spec: {selector: {app: a}, ports: [{name: http, port: 80}, {name: grpc, port: 90}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b, namespace: other}
            spec: {selector: {app: b}, ports: [{name: http, port: 80}]}
            ---
            """;

    private static Simulation mesh(String http) {
        return mesh(http, "shop", Map.of());
    }

    private static Simulation mesh(String http, String clientNamespace, Map<String, String> labels) {
        return Simulation.of(virtualService(http), Simulation.proxy(clientNamespace, "client", labels));
    }

    private static ConfigSnapshot virtualService(String http) {
        return Yaml.of(SERVICES + """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: a, namespace: shop}
                spec:
                  hosts: [a]
                  http:
                """ + http.indent(2));
    }

    @ParameterizedTest
    @CsvSource({
        "'uri: {exact: /x}', /x, true",
        "'uri: {exact: /x}', /x?q=1, true",
        "'uri: {exact: /x}', /x/, false",
        "'uri: {prefix: /x}', /xy, true",
        "'uri: {prefix: /x}', /y, false",
        "'uri: {regex: \"/x[0-9]+\"}', /x12, true",
        "'uri: {regex: \"/x[0-9]+\"}', /x12a, false",
        "'{uri: {exact: /X}, ignoreUriCase: true}', /x, true",
        "'{uri: {exact: /X}}', /x, false",
        "'method: {exact: GET}', /, true",
        "'method: {exact: POST}', /, false",
        "'authority: {prefix: a}', /, true",
        "'authority: {exact: b}', /, false",
        "'scheme: {exact: http}', /, true",
        "'scheme: {exact: https}', /, false",
        "'queryParams: {q: {exact: \"1\"}}', /?q=1, true",
        "'queryParams: {q: {exact: \"1\"}}', /?q=2, false",
        "'queryParams: {q: {}}', /?q=2, true",
        "'queryParams: {q: {}}', /?p=2, false",
        "'headers: {x-a: {exact: one}}', /, true",
        "'headers: {X-A: {prefix: on}}', /, true",
        "'headers: {x-a: {regex: \"o.e\"}}', /, true",
        "'headers: {x-a: {regex: \"o\"}}', /, false",
        "'headers: {x-a: {}}', /, true",
        "'headers: {x-b: {}}', /, false",
        "'withoutHeaders: {x-a: {exact: one}}', /, false",
        "'withoutHeaders: {x-a: {exact: two}}', /, true",
        "'withoutHeaders: {x-b: {exact: one}}', /, true",
        "'withoutHeaders: {x-a: {}}', /, false",
        "'port: 80', /, true",
        "'port: 90', /, false",
        "'sourceNamespace: shop', /, true",
        "'sourceNamespace: other', /, false",
        "'gateways: [mesh]', /, true",
        "'gateways: [ingress]', /, false"
    })
    void aMatchDecides(String match, String path, boolean matches) {
        Simulation mesh = mesh("""
                - match: [%s]
                  route: [{destination: {host: b.other.svc.cluster.local}}]
                - route: [{destination: {host: a}}]
                """.formatted(match.startsWith("{") ? match : "{" + match + "}"));

        assertThat(mesh.clusters("a", path, "x-a: one"))
                .containsExactly(
                        (matches ? "outbound|80||b.other.svc.cluster.local" : "outbound|80||a.shop.svc.cluster.local")
                                + " 1");
    }

    @Test
    void sourceLabelsAreThoseOfTheCaller() {
        String http = """
                - match: [{sourceLabels: {app: client}}]
                  route: [{destination: {host: b.other.svc.cluster.local}}]
                - route: [{destination: {host: a}}]
                """;
        assertThat(mesh(http, "shop", Map.of("app", "client")).clusters("a", "/"))
                .containsExactly("outbound|80||b.other.svc.cluster.local 1");
        assertThat(mesh(http, "shop", Map.of("app", "clients")).clusters("a", "/"))
                .containsExactly("outbound|80||a.shop.svc.cluster.local 1");
    }

    @Test
    void weightsAreSharesAndAWeightOfZeroGetsNothing() {
        Simulation mesh = mesh("""
                - route:
                  - {destination: {host: a}, weight: 3}
                  - {destination: {host: b.other.svc.cluster.local}, weight: 1}
                  - {destination: {host: a, subset: never}, weight: 0}
                """);
        assertThat(mesh.clusters("a", "/"))
                .containsExactly("outbound|80||a.shop.svc.cluster.local 3", "outbound|80||b.other.svc.cluster.local 1");
    }

    @Test
    void shortNamesAreOfTheNamespaceOfWhoeverWritesThem() {
        Simulation mesh = mesh("- route: [{destination: {host: b}}]\n", "other", Map.of());
        assertThat(mesh.clusters("a.shop", "/")).containsExactly("outbound|80||b.shop.svc.cluster.local 1");
        assertThat(mesh.clusters("a", "/"))
                .as("there is no a in the caller's namespace")
                .containsExactly("PassthroughCluster 1");
    }

    @Test
    void timeoutAndRetriesAreTheWrittenOnes() {
        Explanation call = mesh("""
                - timeout: 10s
                  retries: {attempts: 3, perTryTimeout: 2s, retryOn: "5xx,reset,connect-failure"}
                  route: [{destination: {host: a}}]
                """).get("a", "/");
        assertThat(call.policy().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(call.policy().perTryTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(call.policy().numRetries()).isEqualTo(3);
        assertThat(call.policy().retryOn()).containsExactlyInAnyOrder("5xx", "reset", "connect-failure");
    }

    @Test
    void noAttemptsMeansNoRetriesAndNothingWrittenMeansIstiosDefault() {
        assertThat(mesh("- {retries: {attempts: 0}, route: [{destination: {host: a}}]}\n")
                        .get("a", "/")
                        .policy()
                        .numRetries())
                .isZero();
        Explanation.Policy policy =
                mesh("- {route: [{destination: {host: a}}]}\n").get("a", "/").policy();
        assertThat(policy.numRetries()).isEqualTo(2);
        assertThat(policy.timeout()).isZero();
    }

    @Test
    void bareStatusCodesAreRetried() {
        assertThat(mesh("- {retries: {attempts: 1, retryOn: \"503,reset\"}, route: [{destination: {host: a}}]}\n")
                        .get("a", "/")
                        .policy()
                        .retryOn())
                .contains("reset", "retriable-status-codes");
    }

    @Test
    void redirectsAndDirectResponsesNeedNoDestination() {
        Simulation mesh = mesh("""
                - match: [{uri: {prefix: /old}}]
                  redirect: {uri: /new, authority: x.example.com, redirectCode: 308}
                - directResponse: {status: 503, body: {string: closed}}
                """);
        assertThat(mesh.get("a", "/old").reply()).isEqualTo(308);
        assertThat(mesh.get("a", "/").reply()).isEqualTo(503);
    }

    @Test
    void aVirtualServiceForGatewaysOnlyIsNotForTheMesh() {
        Simulation mesh = Simulation.of(Yaml.of(SERVICES + """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: a, namespace: shop}
                spec: {hosts: [a], gateways: [ingress], http: [{directResponse: {status: 503}}]}
                """), Simulation.proxy("shop", "client", Map.of()));
        assertThat(mesh.get("a", "/").reply()).isZero();
    }

    @Test
    void theOldestOfTwoForOneHostIsUsedAndAnExactHostGoesBeforeAWildcard() {
        String one = """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: %s, namespace: shop, creationTimestamp: "%s"}
                spec: {hosts: ["%s"], http: [{directResponse: {status: %s}}]}
                ---
                """;
        Simulation mesh = Simulation.of(
                Yaml.of(SERVICES
                        + one.formatted("wild", "2019-01-01T00:00:00Z", "*.local", 501)
                        + one.formatted("young", "2022-01-01T00:00:00Z", "a", 502)
                        + one.formatted("old", "2021-01-01T00:00:00Z", "a", 503)),
                Simulation.proxy("shop", "client", Map.of()));
        assertThat(mesh.get("a", "/").reply()).isEqualTo(503);
        assertThat(mesh.get("b.other", "/").reply()).isEqualTo(501);
    }

    @Test
    void unknownHostsPassThroughOrAreRefused() {
        MeshSettings closed = MeshSettings.DEFAULT.withAllowAny(false);
        var proxy = Simulation.proxy("shop", "client", Map.of());
        assertThat(Simulation.of(Yaml.of(SERVICES), proxy).clusters("x.example.com", "/"))
                .containsExactly("PassthroughCluster 1");
        assertThat(Simulation.of(Yaml.of(SERVICES), closed, proxy)
                        .get("x.example.com", "/")
                        .reply())
                .isEqualTo(502);
    }

    @Nested
    class Delegation {

        private static final String ROOT = """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: root, namespace: shop}
                spec:
                  hosts: [a]
                  http:
                  - name: root
                    match: [{uri: {prefix: /api}}]
                    timeout: 3s
                    delegate: {name: part, namespace: other}
                  - name: rest
                    route: [{destination: {host: a}}]
                ---
                """;

        private Simulation with(String delegate) {
            return Simulation.of(Yaml.of(SERVICES + ROOT + delegate), Simulation.proxy("shop", "client", Map.of()));
        }

        private static String part(String http) {
            return """
                    apiVersion: networking.istio.io/v1
                    kind: VirtualService
                    metadata: {name: part, namespace: other}
                    spec: {http: [%s]}
                    """.formatted(http);
        }

        @Test
        void theDelegatesRoutesStandInThePlaceOfTheRouteAndKeepWhatTheySay() {
            Simulation mesh =
                    with(part("{name: own, match: [{uri: {prefix: /api/v1}}], route: [{destination: {host: b}}]}"
                            + ", {timeout: 1s, route: [{destination: {host: b, port: {number: 80}}}]}"));
            Explanation narrowed = mesh.get("a", "/api/v1/x");
            assertThat(narrowed.route()).isEqualTo("root-own");
            assertThat(narrowed.clusters().get(0).cluster()).isEqualTo("outbound|80||b.other.svc.cluster.local");
            assertThat(narrowed.policy().timeout()).isEqualTo(Duration.ofSeconds(3));
            Explanation wide = mesh.get("a", "/api/v2");
            assertThat(wide.route()).isEqualTo("root");
            assertThat(wide.policy().timeout()).isEqualTo(Duration.ofSeconds(1));
            assertThat(mesh.get("a", "/other").route()).isEqualTo("rest");
        }

        @Test
        void aMatchOutsideOfTheDelegatingOneLeavesItsRouteOut() {
            Simulation mesh =
                    with(part("{name: out, match: [{uri: {prefix: /ap}}], route: [{destination: {host: b}}]}"));
            assertThat(mesh.get("a", "/api").route()).isEqualTo("rest");
            assertThat(with(part("{name: re, match: [{uri: {regex: /api/.*}}], route: [{destination: {host: b}}]}"))
                            .get("a", "/api/x")
                            .route())
                    .isEqualTo("rest");
        }

        @Test
        void aMissingOrHiddenDelegateLeavesOutItsRouteOnly() {
            assertThat(with("").get("a", "/api").route()).isEqualTo("rest");
            assertThat(with(part("{route: [{destination: {host: b}}]}").replace("spec: {", "spec: {exportTo: ['.'], "))
                            .get("a", "/api")
                            .route())
                    .isEqualTo("rest");
        }
    }

    @Test
    void aRedirectTakesThePrefixOrThePortOfTheRequest() {
        assertThat(firstRoute(
                                "- {match: [{uri: {prefix: /old/}}], redirect: {prefixRewrite: /new/, derivePort: FROM_REQUEST_PORT}}\n")
                        .action())
                .isEqualTo(new Redirect(null, null, 80, new PathRewrite.Prefix("/new/"), 301, false));
        assertThat(firstRoute("- {redirect: {scheme: https, derivePort: FROM_PROTOCOL_DEFAULT, redirectCode: 307}}\n")
                        .action())
                .isEqualTo(new Redirect("https", null, null, null, 307, false));
    }

    @Test
    void aDirectResponseMayBeWrittenAsBytes() {
        assertThat(firstRoute("- directResponse: {status: 202, body: {bytes: aGVsbG8=}}\n")
                        .action())
                .isEqualTo(new DirectResponse(202, "hello"));
    }

    @Test
    void whatPagesOfOtherOriginsMayDoIsTranslated() {
        Route route = firstRoute("""
                - corsPolicy: {allowOrigins: [{exact: "https://a.example.com"}], allowOrigin: [ignored], allowMethods: [GET, POST], maxAge: 24h, allowCredentials: true, unmatchedPreflights: IGNORE}
                  route: [{destination: {host: a}}]
                """);
        assertThat(route.perFilterConfig().get("envoy.filters.http.cors"))
                .isEqualTo(new PerFilterConfig.Cors(new CorsPolicy(
                        List.of(new StringMatch.Exact("https://a.example.com", false)),
                        "GET,POST",
                        "",
                        "",
                        "86400",
                        true,
                        null,
                        false,
                        new FractionalPercent(1_000_000, 1_000_000))));
    }

    private static Route firstRoute(String http) {
        return Simulation.resources(
                        virtualService(http), MeshSettings.DEFAULT, Simulation.proxy("shop", "client", Map.of()))
                .routeConfigurations()
                .byName()
                .get("80")
                .virtualHosts()
                .stream()
                .filter(host -> host.domains().contains("a"))
                .findFirst()
                .orElseThrow()
                .routes()
                .get(0);
    }

    @Test
    void theWholeCaptureOfRoutesIsTranslatedWithoutARefusal() {
        assertThat(List.of("a", "b.other"))
                .allSatisfy(
                        host -> assertThat(mesh("""
                - fault: {delay: {fixedDelay: 1.5s, percentage: {value: 0.1}}, abort: {grpcStatus: UNAVAILABLE, percentage: {value: 50}}}
                  rewrite: {uri: /, authority: x}
                  mirrors: [{destination: {host: a}, percentage: {value: 25.5}}]
                  headers: {request: {set: {x-set: "1", Host: y}, add: {x-add: "2"}, remove: [x-r]}, response: {set: {x: "3"}}}
                  route: [{destination: {host: a}, headers: {request: {set: {x-b: "1"}}}}]
                """).get(host, "/").verdict()).isEqualTo("forward"));
    }
}

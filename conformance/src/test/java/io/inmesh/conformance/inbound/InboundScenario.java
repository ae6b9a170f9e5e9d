package io.inmesh.conformance.inbound;

import io.inmesh.conformance.config.Json;
import io.inmesh.conformance.config.Tree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A listener and the rows that go against it: a capture, or the chains that Istio sends for a mode with filters in them.
 *
 * @param must what users cannot do without: mistakes in such a listener must be seen by the rows
 * @param listener as JSON, in the captures' spelling
 */
record InboundScenario(String name, boolean must, Map<String, Object> listener, List<InboundRow> rows) {

    /** Every scenario of {@code src/test/resources/inbound}; with {@code -Dmesh.rows=03} only of files whose names begin so. */
    static List<InboundScenario> all(Placeholders placeholders) {
        List<InboundScenario> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder())) {
            for (Path file : files.sorted().toList()) {
                if (file.getFileName().toString().startsWith(System.getProperty("mesh.rows", ""))) {
                    new Load(LoadSettings.builder().build())
                            .loadAllFromString(Files.readString(file))
                            .forEach(document -> all.add(read(Tree.asObject(document), placeholders)));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static InboundScenario read(Map<String, Object> document, Placeholders placeholders) {
        List<InboundRow> rows = new ArrayList<>();
        for (Object row : (List<?>) Objects.requireNonNull(document.get("rows"))) {
            rows.add(InboundRow.read((List<?>) row));
        }
        Map<String, Object> listener = document.containsKey("capture")
                ? ListenerTree.captured(Tree.text(document, "capture"))
                : written(document);
        Tree.visit(
                listener,
                node -> node.replaceAll(
                        (key, value) -> value instanceof String text ? placeholders.fill(text) : value));
        return new InboundScenario(
                Tree.text(document, "scenario"), Boolean.TRUE.equals(document.get("must")), listener, rows);
    }

    private static Map<String, Object> written(Map<String, Object> document) {
        Map<String, Object> manager = Json.parse(MANAGER);
        manager.putAll(Tree.object(document, "hcm"));
        List<Object> filters = new ArrayList<>();
        Tree.objects(document, "filters").forEach(filters::add);
        filters.add(Json.parse(ROUTER));
        manager.put("httpFilters", filters);
        Map<String, Object> http = new LinkedHashMap<>();
        http.put("name", "envoy.filters.network.http_connection_manager");
        http.put("typedConfig", manager);
        List<Object> network = new ArrayList<>(Tree.objects(document, "network"));
        network.add(http);
        List<Object> chains = new ArrayList<>();
        for (Map<String, Object> match : matches(Tree.text(document, "mode"))) {
            Map<String, Object> chain = new LinkedHashMap<>();
            chain.put("filterChainMatch", match);
            chain.put("filters", network);
            if ("tls".equals(match.get("transportProtocol"))) {
                chain.put("transportSocket", Json.parse(MUTUAL_TLS));
            }
            chains.add(chain);
        }
        Map<String, Object> listener = Json.parse(LISTENER);
        listener.put("filterChains", chains);
        return Tree.copy(listener);
    }

    private static List<Map<String, Object>> matches(String mode) {
        Map<String, Object> tls = Map.of("transportProtocol", "tls");
        Map<String, Object> raw = Map.of("transportProtocol", "raw_buffer");
        Map<String, Object> istio = Map.of(
                "transportProtocol",
                "tls",
                "applicationProtocols",
                List.of("istio", "istio-peer-exchange", "istio-http/1.0", "istio-http/1.1", "istio-h2"));
        return switch (mode) {
            case "STRICT" -> List.of(tls);
            case "PERMISSIVE" -> List.of(istio, raw);
            case "DISABLE" -> List.of(raw);
            default -> throw new IllegalArgumentException("no mode " + mode);
        };
    }

    private static Path folder() {
        try {
            URI uri = Objects.requireNonNull(InboundScenario.class.getResource("/inbound"))
                    .toURI();
            return Path.of(uri);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final String LISTENER = """
            {"name": "virtualInbound", "trafficDirection": "INBOUND",
             "listenerFilters": [
              {"name": "envoy.filters.listener.tls_inspector", "typedConfig":
                {"@type": "type.googleapis.com/envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector"}},
              {"name": "envoy.filters.listener.http_inspector", "typedConfig":
                {"@type": "type.googleapis.com/envoy.extensions.filters.listener.http_inspector.v3.HttpInspector"}}]}
            """;

    private static final String MANAGER = """
            {"@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
             "statPrefix": "inbound", "serverName": "istio-envoy", "useRemoteAddress": false,
             "forwardClientCertDetails": "APPEND_FORWARD",
             "setCurrentClientCertDetails": {"subject": true, "dns": true, "uri": true},
             "normalizePath": true, "pathWithEscapedSlashesAction": "KEEP_UNCHANGED", "streamIdleTimeout": "0s",
             "routeConfig": {"name": "inbound|8080||", "validateClusters": false, "virtualHosts": [{"name": "inbound|http|80",
               "domains": ["*"], "routes": [{"name": "default", "match": {"prefix": "/"},
               "route": {"cluster": "inbound|8080||", "timeout": "0s"}}]}]}}
            """;

    private static final String ROUTER = """
            {"name": "envoy.filters.http.router", "typedConfig":
              {"@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}
            """;

    private static final String MUTUAL_TLS = """
            {"name": "envoy.transport_sockets.tls", "typedConfig":
              {"@type": "type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext",
               "requireClientCertificate": true,
               "commonTlsContext": {"tlsParams": {"tlsMinimumProtocolVersion": "TLSv1_2", "tlsMaximumProtocolVersion": "TLSv1_3"},
                 "alpnProtocols": ["h2", "http/1.1"],
                 "tlsCertificateSdsSecretConfigs": [{"name": "default"}],
                 "combinedValidationContext": {
                   "defaultValidationContext": {"matchSubjectAltNames": [{"prefix": "spiffe://cluster.local/"}]},
                   "validationContextSdsSecretConfig": {"name": "ROOTCA"}}}}}
            """;
}

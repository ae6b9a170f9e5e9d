package io.inmesh.control.translate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** For each field of Istio's CRDs a small valid spec that sets it. */
final class FeatureSamples {

    private static final String KEYS = "{\"keys\":[{\"kty\":\"oct\",\"k\":\"" + "A".repeat(43) + "\"}]}";

    private static final Map<String, Object> TO_A = Map.of("host", "a");

    private static final Map<String, Map<String, Object>> BASES = Map.of(
            "VirtualService",
            Map.of("hosts", List.of("a"), "http", List.of(Map.of("route", List.of(Map.of("destination", TO_A))))),
            "DestinationRule",
            TO_A,
            "ServiceEntry",
            Map.of(
                    "hosts", List.of("a.example.com"),
                    "ports", List.of(Map.of("number", 80, "name", "http", "protocol", "HTTP")),
                    "resolution", "STATIC"),
            "Gateway",
            Map.of(
                    "servers",
                    List.of(Map.of(
                            "port",
                            Map.of("number", 80, "name", "http", "protocol", "HTTP"),
                            "hosts",
                            List.of("a.example.com")))),
            "Sidecar",
            Map.of("egress", List.of(Map.of("hosts", List.of("*/*")))),
            "WorkloadEntry",
            Map.of("address", "10.0.0.1"),
            "WorkloadGroup",
            Map.of("template", Map.of("serviceAccount", "a")),
            "RequestAuthentication",
            Map.of("jwtRules", List.of(Map.of("issuer", "https://issuer.example.com"))));

    /** What a part needs beside the field in question, by the beginning of the field's path. */
    private static final Map<String, Map<String, Object>> COMPANIONS = Map.ofEntries(
            Map.entry("AuthorizationPolicy rules[].when", Map.of("rules[].when[].key", "request.headers[a]")),
            Map.entry("AuthorizationPolicy rules[].when[].key", Map.of("rules[].when[].values[]", "a")),
            Map.entry(
                    "DestinationRule trafficPolicy.connectionPool.http.maxConcurrentStreams",
                    Map.of("trafficPolicy.connectionPool.http.h2UpgradePolicy", "UPGRADE")),
            Map.entry(
                    "DestinationRule trafficPolicy.connectionPool.http.http2KeepAlive",
                    Map.of(
                            "trafficPolicy.connectionPool.http.h2UpgradePolicy",
                            "UPGRADE",
                            "trafficPolicy.connectionPool.http.http2KeepAlive.interval",
                            "30s",
                            "trafficPolicy.connectionPool.http.http2KeepAlive.timeout",
                            "10s")),
            Map.entry("DestinationRule subsets", Map.of("subsets[].name", "v1")),
            Map.entry(
                    "DestinationRule trafficPolicy.loadBalancer.consistentHash.httpCookie",
                    Map.of("trafficPolicy.loadBalancer.consistentHash.httpCookie.name", "a")),
            Map.entry(
                    "DestinationRule trafficPolicy.loadBalancer.consistentHash.httpCookie.attributes",
                    Map.of("trafficPolicy.loadBalancer.consistentHash.httpCookie.attributes[].name", "a")),
            Map.entry("DestinationRule trafficPolicy.loadBalancer.consistentHash.maglev", hashedByHeader()),
            Map.entry("DestinationRule trafficPolicy.loadBalancer.consistentHash.minimumRingSize", hashedByHeader()),
            Map.entry("DestinationRule trafficPolicy.loadBalancer.consistentHash.ringHash", hashedByHeader()),
            Map.entry(
                    "DestinationRule trafficPolicy.loadBalancer.localityLbSetting.distribute[].from",
                    Map.of("trafficPolicy.loadBalancer.localityLbSetting.distribute[].to{}", 100)),
            Map.entry(
                    "DestinationRule trafficPolicy.loadBalancer.localityLbSetting.distribute[].to{}",
                    Map.of("trafficPolicy.loadBalancer.localityLbSetting.distribute[].from", "r1")),
            Map.entry(
                    "DestinationRule trafficPolicy.loadBalancer.localityLbSetting.failover[]",
                    Map.of(
                            "trafficPolicy.loadBalancer.localityLbSetting.failover[].from",
                            "r1",
                            "trafficPolicy.loadBalancer.localityLbSetting.failover[].to",
                            "r2")),
            Map.entry(
                    "DestinationRule trafficPolicy.loadBalancer.zoneAwareLbSetting.failover[]",
                    Map.of(
                            "trafficPolicy.loadBalancer.zoneAwareLbSetting.failover[].from",
                            "r1",
                            "trafficPolicy.loadBalancer.zoneAwareLbSetting.failover[].to",
                            "r2")),
            Map.entry(
                    "DestinationRule trafficPolicy.loadBalancer.warmup",
                    Map.of("trafficPolicy.loadBalancer.warmup.duration", "1s")),
            Map.entry(
                    "DestinationRule trafficPolicy.portLevelSettings",
                    Map.of("trafficPolicy.portLevelSettings[].port.number", 80)),
            Map.entry(
                    "Gateway servers[].tls",
                    Map.of(
                            "servers[].tls.mode",
                            "SIMPLE",
                            "servers[].tls.credentialName",
                            "a",
                            "servers[].port.protocol",
                            "HTTPS")),
            Map.entry("PeerAuthentication portLevelMtls", Map.of("selector.matchLabels{}", "a")),
            Map.entry(
                    "RequestAuthentication jwtRules",
                    Map.of("jwtRules[].issuer", "https://issuer.example.com", "jwtRules[].jwks", KEYS)),
            Map.entry(
                    "RequestAuthentication jwtRules[].outputClaimToHeaders",
                    Map.of(
                            "jwtRules[].outputClaimToHeaders[].header",
                            "x",
                            "jwtRules[].outputClaimToHeaders[].claim",
                            "c")),
            Map.entry("RequestAuthentication jwtRules[].fromHeaders", Map.of("jwtRules[].fromHeaders[].name", "x")),
            Map.entry("ServiceEntry endpoints", Map.of("endpoints[].address", "10.0.0.2")),
            Map.entry("VirtualService http[].delegate", Map.of("http[].delegate.name", "b")),
            Map.entry("VirtualService http[].directResponse", Map.of("http[].directResponse.status", 200)),
            Map.entry("VirtualService http[].fault.abort.percentage", Map.of("http[].fault.abort.httpStatus", 503)),
            Map.entry("VirtualService http[].fault.abort.http2Error", Map.of("http[].fault.abort.httpStatus", 503)),
            Map.entry("VirtualService http[].fault.delay", Map.of("http[].fault.delay.fixedDelay", "1s")),
            Map.entry("VirtualService http[].mirror.", Map.of("http[].mirror.host", "b")),
            Map.entry("VirtualService http[].mirrors", Map.of("http[].mirrors[].destination.host", "b")),
            Map.entry("VirtualService http[].redirect", Map.of("http[].redirect.uri", "/b")),
            Map.entry(
                    "VirtualService http[].rewrite.uriRegexRewrite",
                    Map.of("http[].rewrite.uriRegexRewrite.match", "a")));

    /** Values that the schema's type alone does not tell. */
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("AuthorizationPolicy action", "DENY"),
            Map.entry("AuthorizationPolicy rules[].from[].source.ipBlocks[]", "10.0.0.0/8"),
            Map.entry("AuthorizationPolicy rules[].from[].source.notIpBlocks[]", "10.0.0.0/8"),
            Map.entry("AuthorizationPolicy rules[].from[].source.remoteIpBlocks[]", "10.0.0.0/8"),
            Map.entry("AuthorizationPolicy rules[].from[].source.notRemoteIpBlocks[]", "10.0.0.0/8"),
            Map.entry("AuthorizationPolicy rules[].when[].key", "request.headers[a]"),
            Map.entry("AuthorizationPolicy rules[].to[].operation.ports[]", "80"),
            Map.entry("AuthorizationPolicy rules[].to[].operation.notPorts[]", "80"),
            Map.entry("DestinationRule trafficPolicy.connectionPool.tcp.idleTimeout", "1s"),
            Map.entry("DestinationRule trafficPolicy.loadBalancer.consistentHash.httpCookie.ttl", "1s"),
            Map.entry("DestinationRule trafficPolicy.loadBalancer.consistentHash.maglev.tableSize", 65_537),
            Map.entry("DestinationRule trafficPolicy.loadBalancer.localityLbSetting.distribute[].to{}", 100),
            Map.entry("DestinationRule trafficPolicy.outlierDetection.outlierDetectionHttpErrorCodes[]", 429),
            Map.entry("DestinationRule trafficPolicy.portLevelSettings[].port", Map.of("number", 80)),
            Map.entry("DestinationRule trafficPolicy.retryBudget.budgetInterval", "1s"),
            Map.entry("Gateway servers[].port.number", 80),
            Map.entry("Gateway servers[].port.protocol", "HTTP"),
            Map.entry("Gateway servers[].tls.mode", "SIMPLE"),
            Map.entry("PeerAuthentication portLevelMtls{}.mode", "STRICT"),
            Map.entry("RequestAuthentication jwtRules[].jwks", KEYS),
            Map.entry("RequestAuthentication jwtRules[].jwksUri", "https://issuer.example.com/keys"),
            Map.entry("RequestAuthentication jwtRules[].jwks_uri", "https://issuer.example.com/keys"),
            Map.entry("ServiceEntry endpoints[].address", "10.0.0.2"),
            Map.entry("ServiceEntry ports[].number", 80),
            Map.entry("ServiceEntry resolution", "STATIC"),
            Map.entry("Sidecar egress[].hosts[]", "./*"),
            Map.entry("VirtualService http[].directResponse.body.bytes", "aGk="),
            Map.entry("VirtualService http[].directResponse.status", 200),
            Map.entry("VirtualService http[].fault.abort.grpcStatus", "UNAVAILABLE"),
            Map.entry("VirtualService http[].fault.abort.httpStatus", 503),
            Map.entry("VirtualService http[].redirect.redirectCode", 302));

    private FeatureSamples() {}

    static Map<String, Object> spec(String kind, String path, Map<String, Object> schema) {
        String field = kind + " " + path;
        Map<String, Object> spec = IstioFields.with(BASES.getOrDefault(kind, Map.of()), Map.of());
        if (Stream.of("redirect", "directResponse", "delegate").anyMatch(part -> path.startsWith("http[]." + part))) {
            spec.put("http", List.of(Map.of()));
        }
        for (Map.Entry<String, Map<String, Object>> companion : COMPANIONS.entrySet()) {
            if (field.startsWith(companion.getKey()) && !excludes(path)) {
                spec = IstioFields.with(spec, companion.getValue());
            }
        }
        return IstioFields.with(spec, Map.of(path, VALUES.getOrDefault(field, value(schema))));
    }

    /** Keys that are elsewhere are not in the policy, too. */
    private static boolean excludes(String path) {
        return path.equals("jwtRules[].jwksUri") || path.equals("jwtRules[].jwks_uri");
    }

    private static Map<String, Object> hashedByHeader() {
        return Map.of("trafficPolicy.loadBalancer.consistentHash.httpHeaderName", "a");
    }

    private static Object value(Map<String, Object> schema) {
        if (schema.get("enum") instanceof List<?> values) {
            return values.get(values.size() - 1);
        }
        String type = (String) schema.getOrDefault("type", "string");
        return switch (type) {
            case "integer" -> 1;
            case "number" -> 1.0;
            case "boolean" -> true;
            case "object" -> new LinkedHashMap<>();
            default -> String.valueOf(schema.get("x-kubernetes-validations")).contains("duration") ? "1s" : "a";
        };
    }
}

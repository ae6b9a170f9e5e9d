package io.inmesh.control.config;

import io.inmesh.api.identity.TrustDomain;
import io.inmesh.control.config.ConnectionPool.H2Upgrade;
import io.inmesh.control.config.ConnectionPool.Keepalive;
import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Istio's MeshConfig, each field as written: a document of the kind MeshConfig of a folder, or the key {@code mesh} of a ConfigMap called
 * {@code inmesh} or {@code istio}. What is not read here is reported.
 *
 * @param discoverySelectors the namespaces that are looked at, by any of these; empty for all
 * @see <a href="https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/#MeshConfig">MeshConfig</a>
 */
public record MeshConfig(
        Meta meta,
        Trust trust,
        Traffic traffic,
        Exports exports,
        Optional<AccessLog> accessLog,
        Optional<PathNormalization> pathNormalization,
        GatewayTopology gatewayTopology,
        List<LabelSelector> discoverySelectors)
        implements Resource {

    /** The ConfigMaps that may hold one; ours goes before Istio's. */
    static final Set<String> CONFIG_MAPS = Set.of("inmesh", "istio");

    private static final String KEY = "mesh";
    private static final GatewayTopology NO_TOPOLOGY = new GatewayTopology(0, Optional.empty());

    /** Who is trusted, and whose policies hold everywhere. */
    public record Trust(
            Optional<TrustDomain> trustDomain,
            List<TrustDomain> trustDomainAliases,
            Optional<String> rootNamespace,
            Optional<Boolean> automaticMtls,
            Optional<TlsVersion> minimumTls) {}

    /** What holds for calls where no VirtualService or DestinationRule says otherwise. */
    public record Traffic(
            Optional<OutboundMode> unknownHosts,
            Optional<Duration> connectTimeout,
            Optional<Keepalive> keepalive,
            Optional<Duration> dnsRefreshRate,
            H2Upgrade h2Upgrade,
            Optional<LocalityBalancing> locality,
            Optional<Retries> retries) {}

    /** Who sees what does not say who sees it; empty for all namespaces. */
    public record Exports(List<String> services, List<String> virtualServices, List<String> destinationRules) {}

    /** Where Envoys write a line for each request, as text or JSON; the format is Istio's where text and parts are empty. */
    public record AccessLog(String file, boolean json, String text, Map<String, String> parts) {}

    /** What stands before gateways: how many proxies may be believed, and what becomes of certificates that callers tell of. */
    public record GatewayTopology(int trustedProxies, Optional<ClientCertificates> clientCertificates) {}

    /** What becomes of calls to hosts that nobody declared. */
    public enum OutboundMode {
        REGISTRY_ONLY,
        ALLOW_ANY
    }

    /** The least version of TLS that a workload's mutual TLS takes. */
    public enum TlsVersion {
        TLS_AUTO,
        TLSV1_2,
        TLSV1_3
    }

    /** How paths are made equal before policies and routes look at them. */
    public enum PathNormalization {
        DEFAULT,
        NONE,
        BASE,
        MERGE_SLASHES,
        DECODE_AND_MERGE_SLASHES
    }

    /** Istio's ForwardClientCertDetails. */
    public enum ClientCertificates {
        UNDEFINED,
        SANITIZE,
        FORWARD_ONLY,
        APPEND_FORWARD,
        SANITIZE_SET,
        ALWAYS_FORWARD_ONLY
    }

    private enum Encoding {
        TEXT,
        JSON
    }

    /** Whether a resource of that id is one. */
    public static boolean names(String id) {
        return id.startsWith("MeshConfig ") || id.startsWith("ConfigMap ");
    }

    static MeshConfig read(Meta meta, Fields mesh) {
        MeshConfig read = new MeshConfig(
                meta,
                trust(mesh),
                traffic(mesh),
                new Exports(
                        mesh.texts("defaultServiceExportTo"),
                        mesh.texts("defaultVirtualServiceExportTo"),
                        mesh.texts("defaultDestinationRuleExportTo")),
                accessLog(mesh),
                mesh.object("pathNormalization", path -> path.choice("normalization", PathNormalization.class))
                        .flatMap(found -> found),
                mesh.object("defaultConfig", MeshConfig::topology).orElse(NO_TOPOLOGY),
                mesh.list("discoverySelectors", LabelSelector::read));
        // One cluster only: what a host of this cluster is to others means nothing.
        mesh.irrelevant("serviceSettings");
        MeshConfigFields.unsupported(mesh);
        return read;
    }

    /** Of a ConfigMap; empty if it holds none. */
    static Optional<Resource> ofConfigMap(Meta meta, Fields root) {
        Optional<String> text = root.object("data", data -> {
                    data.restIrrelevant();
                    return data.text(KEY);
                })
                .flatMap(found -> found);
        root.restIrrelevant();
        String path = "data." + KEY;
        return text.filter(content -> !content.isBlank()).map(yaml -> {
            List<YamlNode> documents = YamlReader.documents(
                    meta.origin().file() + "#" + path, yaml.getBytes(StandardCharsets.UTF_8), YamlLimits.DEFAULT);
            if (documents.size() != 1 || !(documents.get(0) instanceof YamlNode.Mapping mesh)) {
                throw new InvalidResourceException(meta.origin(), path, "must be one object");
            }
            Fields fields = new Fields(mesh, path, root.report());
            MeshConfig read = read(meta, fields);
            fields.finish();
            return read;
        });
    }

    private static Trust trust(Fields mesh) {
        Optional<TlsVersion> version = mesh.object("meshMTLS", tls -> {
                    tls.unsupported("cipherSuites", "ecdhCurves");
                    return tls.choice("minProtocolVersion", TlsVersion.class);
                })
                .flatMap(found -> found);
        return new Trust(
                mesh.text("trustDomain").filter(name -> !name.isEmpty()).map(name -> domain(mesh, "trustDomain", name)),
                mesh.texts("trustDomainAliases").stream()
                        .map(name -> domain(mesh, "trustDomainAliases", name))
                        .toList(),
                mesh.text("rootNamespace").filter(name -> !name.isEmpty()),
                mesh.flag("enableAutoMtls"),
                version);
    }

    private static TrustDomain domain(Fields mesh, String field, String name) {
        try {
            return new TrustDomain(name);
        } catch (IllegalArgumentException none) {
            throw mesh.invalid(field, "'" + name + "' is no trust domain: " + none.getMessage());
        }
    }

    private static Traffic traffic(Fields mesh) {
        return new Traffic(
                mesh.object("outboundTrafficPolicy", policy -> policy.choice("mode", OutboundMode.class))
                        .flatMap(mode -> mode),
                mesh.duration("connectTimeout"),
                mesh.object("tcpKeepalive", Keepalive::read),
                mesh.duration("dnsRefreshRate"),
                mesh.choice("h2UpgradePolicy", H2Upgrade.class).orElse(H2Upgrade.DEFAULT),
                mesh.object("localityLbSetting", LocalityBalancing::read),
                mesh.object("defaultHttpRetryPolicy", Retries::read).map(Retries::ofMesh));
    }

    private static Optional<AccessLog> accessLog(Fields mesh) {
        boolean json = mesh.choice("accessLogEncoding", Encoding.class).orElse(Encoding.TEXT) == Encoding.JSON;
        String format = mesh.text("accessLogFormat").orElse("");
        return mesh.text("accessLogFile")
                .filter(file -> !file.isEmpty())
                .map(file -> json
                        ? new AccessLog(file, true, "", parts(mesh, format))
                        : new AccessLog(file, false, format, Map.of()));
    }

    private static Map<String, String> parts(Fields mesh, String json) {
        if (json.isBlank()) {
            return Map.of();
        }
        String path = mesh.path() + ".accessLogFormat";
        List<YamlNode> documents = YamlReader.documents(
                mesh.origin().file() + "#" + path, json.getBytes(StandardCharsets.UTF_8), YamlLimits.DEFAULT);
        if (documents.size() != 1 || !(documents.get(0) instanceof YamlNode.Mapping parts)) {
            throw mesh.invalid("accessLogFormat", "must be one JSON object where accessLogEncoding is JSON");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        parts.entries().forEach((name, node) -> texts.put(name, Scalars.text(node, path + "." + name)));
        return texts;
    }

    private static GatewayTopology topology(Fields proxy) {
        Optional<GatewayTopology> topology = proxy.object("gatewayTopology", gateway -> {
            gateway.unsupported("proxyProtocol");
            return new GatewayTopology(
                    gateway.integer("numTrustedProxies", 0, 1000).orElse(0),
                    gateway.choice("forwardClientCertDetails", ClientCertificates.class));
        });
        MeshConfigFields.unsupportedOfProxies(proxy);
        return topology.orElse(NO_TOPOLOGY);
    }
}

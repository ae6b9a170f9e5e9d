package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Turns one YAML document into a typed resource, or says why not. Pure. */
final class ResourceReader {

    private static final Set<String> ISTIO_VERSIONS = Set.of("v1", "v1beta1", "v1alpha3");
    private static final String NETWORKING = "networking.istio.io";
    private static final String INMESH = "inmesh.io";
    private static final String SECURITY = "security.istio.io";

    /**
     * What came of one document.
     *
     * @param id kind, namespace and name, if those could be read
     * @param resource what is used; of a failed one, only if there is no last good version
     * @param failed whether the document is wrong
     */
    record Result(Optional<String> id, Optional<Resource> resource, List<Problem> problems, boolean failed) {}

    private final String defaultNamespace;

    ResourceReader(String defaultNamespace) {
        this.defaultNamespace = defaultNamespace;
    }

    Result read(YamlNode document) {
        Report unnamed = new Report(document.origin().toString());
        Meta meta;
        Fields root;
        try {
            if (!(document instanceof YamlNode.Mapping object)) {
                throw new InvalidResourceException(document.origin(), "", "a document must be an object");
            }
            root = new Fields(object, "", unnamed);
            meta = meta(root);
        } catch (InvalidResourceException invalid) {
            Problem problem = Problem.of(document.origin().file(), invalid);
            return new Result(Optional.empty(), Optional.empty(), List.of(problem), true);
        }
        return read(meta, (YamlNode.Mapping) document);
    }

    private Result read(Meta meta, YamlNode.Mapping document) {
        Report report = new Report(meta.id());
        Fields root = new Fields(document, "", report);
        root.irrelevant("apiVersion", "kind", "metadata");
        try {
            Optional<Resource> resource = resource(meta, root);
            root.irrelevant("status");
            root.finish();
            return new Result(Optional.of(meta.id()), resource, report.problems(), false);
        } catch (InvalidResourceException invalid) {
            Problem problem = Problem.of(meta.id(), invalid);
            return new Result(Optional.of(meta.id()), StandIns.of(meta, document), List.of(problem), true);
        }
    }

    private static Optional<Resource> resource(Meta meta, Fields root) {
        return switch (meta.group() + "/" + meta.kind()) {
            case NETWORKING + "/Gateway" -> spec(root, spec -> Gateway.read(meta, spec));
            case NETWORKING + "/Sidecar" -> specOrEmpty(root, spec -> Sidecar.read(meta, spec));
            case NETWORKING + "/VirtualService" -> spec(root, spec -> VirtualService.read(meta, spec));
            case NETWORKING + "/DestinationRule" -> spec(root, spec -> DestinationRule.read(meta, spec));
            case NETWORKING + "/ServiceEntry" -> spec(root, spec -> ServiceEntry.read(meta, spec));
            case NETWORKING + "/WorkloadEntry" -> spec(root, spec -> WorkloadEntry.read(meta, spec));
            case NETWORKING + "/WorkloadGroup" -> spec(root, spec -> WorkloadGroup.read(meta, spec));
            case SECURITY + "/PeerAuthentication" -> specOrEmpty(root, spec -> PeerAuthentication.read(meta, spec));
            case SECURITY + "/AuthorizationPolicy" -> specOrEmpty(root, spec -> AuthorizationPolicy.read(meta, spec));
            case SECURITY + "/RequestAuthentication" ->
                specOrEmpty(root, spec -> RequestAuthentication.read(meta, spec));
            case INMESH + "/MeshConfig" -> spec(root, spec -> MeshConfig.read(meta, spec));
            case "/ConfigMap" ->
                MeshConfig.CONFIG_MAPS.contains(meta.name()) ? MeshConfig.ofConfigMap(meta, root) : notOurs(meta, root);
            case "/Secret" -> Optional.of(TlsSecret.read(meta, root));
            case "/Service" -> spec(root, spec -> KubernetesService.read(meta, spec));
            case "/Pod" -> spec(root, spec -> Pod.read(meta, root, spec));
            case "discovery.k8s.io/EndpointSlice" -> Optional.of(EndpointSlice.read(meta, root));
            case "/Namespace" -> plain(root, new KubernetesNamespace(meta));
            case "/Node" -> plain(root, new KubernetesNode(meta));
            case "/ServiceAccount" -> plain(root, new ServiceAccount(meta));
            default -> notOurs(meta, root);
        };
    }

    private static Optional<Resource> spec(Fields root, Function<Fields, Resource> read) {
        if (!root.has("spec")) {
            throw root.invalid("spec", "is required");
        }
        return root.object("spec", read);
    }

    /** Istio's security resources mean something without a spec: an empty AuthorizationPolicy denies all. */
    private static Optional<Resource> specOrEmpty(Fields root, Function<Fields, Resource> read) {
        if (root.has("spec")) {
            return root.object("spec", read);
        }
        YamlNode.Mapping empty = new YamlNode.Mapping(Map.of(), root.origin());
        return Optional.of(read.apply(new Fields(empty, "spec", root.report())));
    }

    private static Optional<Resource> plain(Fields root, Resource resource) {
        root.restIrrelevant();
        return Optional.of(resource);
    }

    private static Optional<Resource> notOurs(Meta meta, Fields root) {
        root.restIrrelevant();
        String type = meta.group().isEmpty() ? meta.kind() : meta.group() + " " + meta.kind();
        root.report().unsupported(meta.origin(), "", type + " is not supported and has no effect");
        return Optional.empty();
    }

    private Meta meta(Fields root) {
        String apiVersion = root.required("apiVersion");
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String version = apiVersion.substring(slash + 1);
        if (group.endsWith(".istio.io") && !ISTIO_VERSIONS.contains(version)) {
            throw root.invalid("apiVersion", "'" + version + "' is none of " + ISTIO_VERSIONS);
        }
        String kind = root.required("kind");
        return root.object("metadata", metadata -> meta(group, kind, root.origin(), metadata))
                .orElseThrow(() -> root.invalid("metadata", "is required"));
    }

    private Meta meta(String group, String kind, Origin origin, Fields metadata) {
        String name = metadata.required("name");
        String namespace = kind.equals("Namespace")
                ? name
                : metadata.text("namespace")
                        .filter(written -> !written.isEmpty())
                        .orElse(defaultNamespace);
        Meta meta = new Meta(
                group,
                kind,
                namespace,
                Names.check(metadata, "name", name),
                metadata.textMap("labels"),
                metadata.textMap("annotations"),
                metadata.text("creationTimestamp").flatMap(ResourceReader::instant),
                origin);
        Names.check(metadata, "namespace", namespace);
        metadata.restIrrelevant();
        return meta;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeException notATime) {
            return Optional.empty();
        }
    }
}

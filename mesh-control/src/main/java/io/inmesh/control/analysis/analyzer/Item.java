package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlNode;
import java.util.Map;
import java.util.Set;

/**
 * One resource of any kind, as written. Immutable.
 *
 * @param namespace the written one, or the one that it is of without; empty for kinds that have none
 */
public record Item(YamlNode.Mapping root, String group, String kind, String namespace, String name) {

    private static final Set<String> CLUSTER_KINDS = Set.of(
            "Namespace",
            "Node",
            "MutatingWebhookConfiguration",
            "ValidatingWebhookConfiguration",
            "CustomResourceDefinition",
            "GatewayClass",
            "ClusterRole",
            "ClusterRoleBinding");

    /** A resource; one without a namespace is of the given one. */
    public static Item of(YamlNode.Mapping root, String defaultNamespace) {
        String apiVersion = root.text("apiVersion");
        int slash = apiVersion.indexOf('/');
        String kind = root.text("kind");
        YamlNode.Mapping metadata = root.object("metadata");
        String written = metadata.text("namespace");
        String namespace = written.isEmpty() ? defaultNamespace : written;
        return new Item(
                root,
                slash < 0 ? "" : apiVersion.substring(0, slash),
                kind,
                CLUSTER_KINDS.contains(kind) ? "" : namespace,
                metadata.text("name"));
    }

    YamlNode.Mapping spec() {
        return root.object("spec");
    }

    Map<String, String> labels() {
        return root.object("metadata").textMap("labels");
    }

    Map<String, String> annotations() {
        return root.object("metadata").textMap("annotations");
    }

    public Origin origin() {
        return root.origin();
    }

    Origin nameOrigin() {
        return root.object("metadata").originOf("name");
    }

    /** Namespace and name. */
    String fullName() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    /** Kind, namespace and name as they are written, without a namespace that is not. */
    public String shown() {
        boolean written = !namespace.isEmpty() && root.object("metadata").has("namespace");
        return kind + " " + (written ? fullName() : name);
    }
}

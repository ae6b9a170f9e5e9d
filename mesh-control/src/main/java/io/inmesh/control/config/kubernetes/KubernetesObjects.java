package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.LinkedHashMap;
import java.util.Map;

/** Objects of Kubernetes as the readers of YAML know them. */
final class KubernetesObjects {

    private KubernetesObjects() {}

    /** All objects of a kind. */
    static MixedOperation<GenericKubernetesResource, GenericKubernetesResourceList, Resource<GenericKubernetesResource>>
            of(KubernetesClient client, WatchedKind kind, String version) {
        return client.genericKubernetesResources(new ResourceDefinitionContext.Builder()
                .withGroup(kind.group().isEmpty() ? null : kind.group())
                .withVersion(version)
                .withKind(kind.kind())
                .withPlural(kind.plural())
                .withNamespaced(kind.namespaced())
                .build());
    }

    /** Where an object was written, for messages. */
    static String origin(GenericKubernetesResource object) {
        String namespace = object.getMetadata().getNamespace();
        return "kubernetes/" + object.getKind() + "/" + (namespace == null ? "" : namespace + "/")
                + object.getMetadata().getName();
    }

    /** The namespace by which the mesh knows it: objects of the whole cluster have one, too. */
    static String namespace(GenericKubernetesResource object) {
        String namespace = object.getMetadata().getNamespace();
        return object.getKind().equals("Namespace")
                ? object.getMetadata().getName()
                : namespace == null ? "default" : namespace;
    }

    static Map<String, Object> fields(GenericKubernetesResource object) {
        Map<String, Object> all = new LinkedHashMap<>(object.getAdditionalProperties());
        all.put("apiVersion", object.getApiVersion());
        all.put("kind", object.getKind());
        ObjectMeta meta = object.getMetadata();
        Map<String, Object> metadata = new LinkedHashMap<>();
        metadata.put("name", meta.getName());
        if (meta.getNamespace() != null) {
            metadata.put("namespace", meta.getNamespace());
        }
        if (meta.getCreationTimestamp() != null) {
            metadata.put("creationTimestamp", meta.getCreationTimestamp());
        }
        metadata.put("labels", meta.getLabels() == null ? Map.of() : meta.getLabels());
        metadata.put("annotations", meta.getAnnotations() == null ? Map.of() : meta.getAnnotations());
        all.put("metadata", metadata);
        return all;
    }
}

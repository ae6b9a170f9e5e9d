package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.APIResource;
import io.fabric8.kubernetes.api.model.APIResourceList;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReview;
import io.fabric8.kubernetes.api.model.authorization.v1.SelfSubjectAccessReviewBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.inmesh.api.error.MeshConfigurationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks whether everything that is watched is served and may be read, and says all that is missing at once. */
final class StartCheck {

    private final KubernetesClient client;
    private final List<String> missing = new ArrayList<>();
    private final Map<String, Optional<APIResourceList>> served = new LinkedHashMap<>();

    StartCheck(KubernetesClient client) {
        this.client = client;
    }

    /**
     * The version to read each kind in.
     *
     * @param permissions that are needed beside those to list and watch the kinds
     * @throws MeshConfigurationException if a CRD, a resource or a permission is missing; the message names every one
     */
    Map<WatchedKind, String> versions(List<WatchedKind> kinds, List<Permission> permissions) {
        Map<WatchedKind, String> versions = new LinkedHashMap<>();
        for (WatchedKind kind : kinds) {
            Optional<String> version = kind.versions().stream()
                    .filter(candidate -> serves(kind, candidate))
                    .findFirst();
            if (version.isEmpty()) {
                missing.add((kind.group().endsWith("istio.io") ? "CRD " : "resource ") + kind.title());
            } else {
                versions.put(kind, version.get());
                look(Permission.toWatch(kind));
            }
        }
        permissions.forEach(this::look);
        if (!missing.isEmpty()) {
            throw new MeshConfigurationException("Kubernetes at " + client.getMasterUrl()
                    + " lacks what the control service needs: " + String.join(", ", missing));
        }
        return versions;
    }

    private void look(Permission permission) {
        permission.verbs().stream()
                .filter(verb -> !allowed(permission, verb))
                .forEach(verb -> missing.add("permission to " + verb + " " + permission.what()));
    }

    private boolean serves(WatchedKind kind, String version) {
        String apiVersion = kind.apiVersion(version);
        return served
                .computeIfAbsent(apiVersion, unknown -> Optional.ofNullable(client.getApiResources(apiVersion)))
                .map(APIResourceList::getResources)
                .orElse(List.of())
                .stream()
                .map(APIResource::getName)
                .anyMatch(kind.plural()::equals);
    }

    private boolean allowed(Permission permission, String verb) {
        String[] resource = permission.resource().split("/", 2);
        SelfSubjectAccessReview review = new SelfSubjectAccessReviewBuilder()
                .withNewSpec()
                .withNewResourceAttributes()
                .withGroup(permission.group())
                .withResource(resource[0])
                .withSubresource(resource.length == 1 ? null : resource[1])
                .withNamespace(permission.namespace().isEmpty() ? null : permission.namespace())
                .withName(permission.name().isEmpty() ? null : permission.name())
                .withVerb(verb)
                .endResourceAttributes()
                .endSpec()
                .build();
        SelfSubjectAccessReview answer =
                client.authorization().v1().selfSubjectAccessReview().create(review);
        return answer.getStatus() != null
                && Boolean.TRUE.equals(answer.getStatus().getAllowed());
    }
}

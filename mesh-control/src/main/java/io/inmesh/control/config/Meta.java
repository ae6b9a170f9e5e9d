package io.inmesh.control.config;

import io.inmesh.control.yaml.Origin;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What every resource has.
 *
 * @param group the API group without version; empty for Kubernetes' core group
 * @param created {@code metadata.creationTimestamp}, which a folder seldom has
 * @param origin where the resource begins
 */
public record Meta(
        String group,
        String kind,
        String namespace,
        String name,
        Map<String, String> labels,
        Map<String, String> annotations,
        Optional<Instant> created,
        Origin origin) {

    /** Kind, namespace and name as messages write them. */
    public String id() {
        return kind + " " + namespace + "/" + name;
    }

    /** The path by which Istio's metadata names the resource behind a route or cluster. */
    public String apiPath() {
        return "/apis/" + group + "/v1/namespaces/" + namespace + "/" + kebab(kind) + "/" + name;
    }

    private static String kebab(String camel) {
        return camel.replaceAll("([a-z])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}

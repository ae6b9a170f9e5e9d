package io.inmesh.client;

import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.compile.Finding;
import io.inmesh.xds.state.XdsResources;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How the mesh is at one moment, as data. Immutable.
 *
 * @param health what a readiness check makes of it
 * @param reason one sentence for a person
 * @param versions of the resources in effect, by type
 * @param clusters how many clusters calls can go to
 * @param rejections resources that were refused; the last good ones stay in effect
 * @param unsupported fields that do not take effect
 * @param inboundUnsupported paths of inbound security settings that cannot be honoured, for which reason they deny
 * @param identity who this workload is; empty if it has no identity
 * @param identityNotAfter until when its certificate is valid
 * @param exposed listening sockets of the process that the mesh does not protect, such as {@code 0.0.0.0:5005}; empty where they
 *     cannot be known, and as long as nothing of the mesh is called
 */
public record MeshState(
        Health health,
        String reason,
        Map<String, String> versions,
        int clusters,
        List<Finding> rejections,
        List<Finding> unsupported,
        List<String> inboundUnsupported,
        Optional<String> identity,
        Optional<Instant> identityNotAfter,
        Optional<List<String>> exposed) {

    static final MeshState PASS_THROUGH = new MeshState(
            Health.UP,
            "no source of configuration; everything passes through",
            Map.of(),
            0,
            List.of(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** What a readiness check makes of the mesh. */
    public enum Health {
        /** Calls go as configured. */
        UP,
        /** Calls go, but somebody should look: a resource was refused. */
        DEGRADED,
        /** Calls cannot go: no configuration yet, or no valid identity where one is expected. */
        DOWN
    }

    static MeshState of(
            Optional<ConfigPublisher.Published> published,
            String progress,
            Optional<WorkloadIdentity> identity,
            boolean identityExpected,
            Optional<List<String>> exposed,
            Instant now) {
        Verdict verdict = Verdict.of(published, progress, identity, identityExpected, now);
        return new MeshState(
                verdict.health,
                verdict.reason,
                published.map(p -> versions(p.resources())).orElse(Map.of()),
                published.map(p -> p.compilation().snapshot().clusters().size()).orElse(0),
                published.map(p -> p.compilation().rejections()).orElse(List.of()),
                published.map(p -> p.compilation().unsupported()).orElse(List.of()),
                published.map(ConfigPublisher.Published::inboundUnsupported).orElse(List.of()),
                identity.map(i -> i.id().uri()),
                identity.map(WorkloadIdentity::notAfter),
                exposed);
    }

    private static Map<String, String> versions(XdsResources resources) {
        Map<String, String> versions = new TreeMap<>();
        versions.put("Cluster", resources.clusters().version());
        versions.put("ClusterLoadAssignment", resources.loadAssignments().version());
        versions.put("Listener", resources.listeners().version());
        versions.put("RouteConfiguration", resources.routeConfigurations().version());
        return versions;
    }

    private record Verdict(Health health, String reason) {

        static Verdict of(
                Optional<ConfigPublisher.Published> published,
                String progress,
                Optional<WorkloadIdentity> identity,
                boolean identityExpected,
                Instant now) {
            if (published.isEmpty()) {
                return new Verdict(Health.DOWN, "no complete configuration yet: " + progress);
            }
            if (identityExpected && identity.isEmpty()) {
                return new Verdict(Health.DOWN, "no identity yet");
            }
            if (identity.isPresent() && !now.isBefore(identity.get().notAfter())) {
                return new Verdict(
                        Health.DOWN,
                        "the identity has expired at " + identity.get().notAfter());
            }
            int refused = published.get().compilation().rejections().size();
            return refused == 0
                    ? new Verdict(Health.UP, "configuration in effect")
                    : new Verdict(Health.DEGRADED, refused + " resources were refused; the last good ones stay");
        }
    }
}

package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.Problem;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells the owners of objects what is wrong with them: a condition of a type of our own in the status of Istio's resources, which leaves
 * other conditions alone, and an Event. An object with which nothing was ever wrong is not touched. Thread-safe; one thread at a time writes.
 */
final class ConfigStatuses {

    /** The condition's type. */
    static final String ACCEPTED = "inmesh.io/Accepted";

    private static final System.Logger LOG = System.getLogger(ConfigStatuses.class.getName());
    private static final int LONGEST = 1000;

    private final KubernetesClient client;
    private final Map<String, String> versions;
    private final MeshClock clock;
    private final Function<GenericKubernetesResource, List<Problem>> problems;
    private final Map<String, GenericKubernetesResource> pending = new LinkedHashMap<>();

    /** @param versions of Istio's kinds */
    ConfigStatuses(
            KubernetesClient client,
            Map<WatchedKind, String> versions,
            MeshClock clock,
            Function<GenericKubernetesResource, List<Problem>> problems) {
        this.client = client;
        this.versions = new LinkedHashMap<>();
        versions.forEach((kind, version) -> this.versions.put(kind.kind(), version));
        this.clock = clock;
        this.problems = problems;
    }

    /** The object is new or other than before. */
    synchronized void changed(GenericKubernetesResource object) {
        pending.put(KubernetesObjects.origin(object), object);
    }

    /** Writes what is pending; what changed meanwhile comes again by its own event. */
    void write() {
        List<GenericKubernetesResource> due;
        synchronized (this) {
            due = new ArrayList<>(pending.values());
            pending.clear();
        }
        due.forEach(this::write);
    }

    private void write(GenericKubernetesResource object) {
        List<Problem> found = problems.apply(object);
        Verdict verdict = Verdict.of(found);
        Optional<Map<String, Object>> before = ConditionList.find(object, ACCEPTED);
        boolean silent = found.isEmpty() && before.isEmpty();
        if (silent || before.filter(verdict::isIn).isPresent()) {
            return;
        }
        try {
            WatchedKind.ofIstio(object.getKind()).ifPresent(kind -> {
                Map<String, Object> condition = verdict.condition(
                        clock.now().truncatedTo(ChronoUnit.SECONDS).toString());
                KubernetesObjects.of(client, kind, versions.getOrDefault(kind.kind(), "v1"))
                        .inNamespace(object.getMetadata().getNamespace())
                        .resource(ConditionList.with(object, condition))
                        .updateStatus();
            });
            if (!found.isEmpty()) {
                event(object, verdict);
            }
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != HttpURLConnection.HTTP_CONFLICT
                    && refused.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                LOG.log(
                        Level.WARNING,
                        "the status of " + KubernetesObjects.origin(object) + " cannot be written: "
                                + refused.getMessage());
            }
        }
    }

    /** One for each version of an object: its name is made of that. */
    private void event(GenericKubernetesResource object, Verdict verdict) {
        String version = object.getMetadata().getUid() + object.getMetadata().getGeneration() + verdict.message();
        String now = clock.now().truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            client.resource(new EventBuilder()
                            .withNewMetadata()
                            .withName(object.getMetadata().getName() + "." + Integer.toHexString(version.hashCode()))
                            .withNamespace(KubernetesObjects.namespace(object))
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withApiVersion(object.getApiVersion())
                            .withKind(object.getKind())
                            .withNamespace(object.getMetadata().getNamespace())
                            .withName(object.getMetadata().getName())
                            .withUid(object.getMetadata().getUid())
                            .endInvolvedObject()
                            .withType(verdict.accepted() ? "Normal" : "Warning")
                            .withReason(verdict.reason())
                            .withMessage(verdict.message())
                            .withNewSource()
                            .withComponent("inmesh-control")
                            .endSource()
                            .withFirstTimestamp(now)
                            .withLastTimestamp(now)
                            .withCount(1)
                            .build())
                    .create();
        } catch (KubernetesClientException exists) {
            if (exists.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                throw exists;
            }
        }
    }

    /** What is said of an object. */
    private record Verdict(boolean accepted, String reason, String message) {
        static Verdict of(List<Problem> found) {
            boolean wrong = found.stream().anyMatch(each -> each.severity() == Problem.Severity.ERROR);
            StringBuilder text = new StringBuilder();
            for (Problem each : found) {
                text.append(text.length() == 0 ? "" : "; ")
                        .append(each.field().isEmpty() ? "" : each.field() + ": ")
                        .append(each.reason());
            }
            if (text.length() > LONGEST) {
                text.setLength(LONGEST);
            }
            String reason = wrong ? "Quarantined" : found.isEmpty() ? "Accepted" : "FieldsWithoutEffect";
            return new Verdict(!wrong, reason, text.toString());
        }

        boolean isIn(Map<String, Object> condition) {
            return reason.equals(condition.get("reason")) && message.equals(condition.getOrDefault("message", ""));
        }

        Map<String, Object> condition(String now) {
            Map<String, Object> condition = new LinkedHashMap<>();
            condition.put("type", ACCEPTED);
            condition.put("status", accepted ? "True" : "False");
            condition.put("reason", reason);
            condition.put("message", message);
            condition.put("lastTransitionTime", now);
            return condition;
        }
    }
}

package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.SharedState;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** One text in one key of a Secret; Kubernetes' resource versions decide who writes. The Secret alone is watched. */
final class KubernetesSecret implements SharedState, AutoCloseable {

    private static final String WRITTEN = "inmesh.io/written";

    private final KubernetesClient client;
    private final ObjectName name;
    private final String key;
    private final MeshClock clock;
    private final SharedIndexInformer<Secret> informer;

    KubernetesSecret(KubernetesClient client, ObjectName name, String key, MeshClock clock) {
        this.client = client;
        this.name = name;
        this.key = key;
        this.clock = clock;
        this.informer = client.secrets()
                .inNamespace(name.namespace())
                .withName(name.name())
                .runnableInformer(0);
        informer.exceptionHandler((started, failure) -> true);
        // What is heard only makes a change known sooner.
        var unused = informer.start();
    }

    @Override
    public Optional<Kept> read() throws IOException {
        try {
            Secret secret = client.secrets()
                    .inNamespace(name.namespace())
                    .withName(name.name())
                    .get();
            return Optional.ofNullable(secret).flatMap(this::kept);
        } catch (KubernetesClientException unreachable) {
            throw new IOException(name + " cannot be read: " + unreachable.getMessage(), unreachable);
        }
    }

    private Optional<Kept> kept(Secret secret) {
        String encoded = secret.getData() == null ? null : secret.getData().get(key);
        if (encoded == null) {
            return Optional.empty();
        }
        Map<String, String> annotations = secret.getMetadata().getAnnotations();
        String since = annotations == null ? "" : annotations.getOrDefault(WRITTEN, "");
        return Optional.of(new Kept(
                new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8),
                Instant.parse(since.isEmpty() ? secret.getMetadata().getCreationTimestamp() : since),
                secret.getMetadata().getResourceVersion()));
    }

    @Override
    public boolean replace(Optional<Kept> before, String text) throws IOException {
        Secret secret = new SecretBuilder()
                .withNewMetadata()
                .withName(name.name())
                .withNamespace(name.namespace())
                .withResourceVersion(before.map(Kept::version).orElse(null))
                .addToLabels("app.kubernetes.io/managed-by", "inmesh")
                .addToAnnotations(WRITTEN, clock.now().toString())
                .endMetadata()
                .withType("Opaque")
                .withData(Map.of(key, Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                .build();
        try {
            if (before.isEmpty()) {
                client.resource(secret).create();
            } else {
                client.resource(secret).update();
            }
            return true;
        } catch (KubernetesClientException refused) {
            if (refused.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw new IOException(name + " cannot be written: " + refused.getMessage(), refused);
        }
    }

    @Override
    public Optional<String> heard() {
        return informer.getStore().list().stream()
                .map(secret -> secret.getMetadata().getResourceVersion())
                .findFirst();
    }

    @Override
    public String where() {
        return name.toString();
    }

    @Override
    public void close() {
        informer.stop();
    }
}

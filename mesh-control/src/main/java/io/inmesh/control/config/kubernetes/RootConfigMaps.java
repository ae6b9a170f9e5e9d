package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What peers have to trust, as a ConfigMap of one name in every namespace, for pods to mount. Only ConfigMaps of that name are watched. */
final class RootConfigMaps implements AutoCloseable {

    static final String KEY = "root-cert.pem";
    private static final System.Logger LOG = System.getLogger(RootConfigMaps.class.getName());
    private static final String OWNER = "app.kubernetes.io/managed-by";

    private final KubernetesClient client;
    private final String name;
    private final SharedIndexInformer<ConfigMap> informer;

    RootConfigMaps(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
        this.informer = client.configMaps()
                .inAnyNamespace()
                .withField("metadata.name", name)
                .runnableInformer(0);
        informer.exceptionHandler((started, failure) -> true);
        var unused = informer.start();
    }

    /** Makes and mends them; those that cannot be written now are tried again with the next call. */
    void publish(Set<String> namespaces, String pem) {
        if (!informer.hasSynced()) {
            return;
        }
        Map<String, ConfigMap> present = informer.getStore().list().stream()
                .collect(Collectors.toMap(map -> map.getMetadata().getNamespace(), Function.identity(), (a, b) -> b));
        for (String namespace : namespaces) {
            ConfigMap found = present.get(namespace);
            if (found == null
                    || found.getData() == null
                    || !pem.equals(found.getData().get(KEY))) {
                write(namespace, pem, found != null);
            }
        }
    }

    private void write(String namespace, String pem, boolean exists) {
        ConfigMap map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .addToLabels(OWNER, "inmesh")
                .endMetadata()
                .withData(Map.of(KEY, pem))
                .build();
        try {
            if (exists) {
                client.resource(map).update();
            } else {
                client.resource(map).create();
            }
        } catch (KubernetesClientException refused) {
            boolean harmless = refused.getCode() == HttpURLConnection.HTTP_CONFLICT
                    || refused.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                    || String.valueOf(refused.getMessage()).contains("being terminated");
            if (!harmless) {
                LOG.log(
                        Level.WARNING,
                        "ConfigMap " + namespace + "/" + name + " cannot be written: " + refused.getMessage());
            }
        }
    }

    @Override
    public void close() {
        informer.stop();
    }
}

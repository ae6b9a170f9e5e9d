package io.inmesh.control.config.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.inmesh.control.config.kubernetes.GatewaySecrets.SecretName;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A watch for each Secret that is named somewhere, and for no other: each asks for one name in one namespace. One thread at a time calls. */
final class SecretWatches implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(SecretWatches.class.getName());

    private final KubernetesClient client;
    private final ResourceEventHandler<GenericKubernetesResource> handler;
    private final Map<SecretName, SharedIndexInformer<GenericKubernetesResource>> open = new LinkedHashMap<>();

    SecretWatches(KubernetesClient client, ResourceEventHandler<GenericKubernetesResource> handler) {
        this.client = client;
        this.handler = handler;
    }

    /** Begins and ends watches; returns the names that are watched no more. */
    List<SecretName> watch(Set<SecretName> named) {
        List<SecretName> gone = new ArrayList<>(open.keySet());
        gone.removeAll(named);
        for (SecretName name : gone) {
            SharedIndexInformer<GenericKubernetesResource> informer = open.remove(name);
            if (informer != null) {
                informer.stop();
            }
        }
        named.forEach(name -> open.computeIfAbsent(name, this::begin));
        return gone;
    }

    private SharedIndexInformer<GenericKubernetesResource> begin(SecretName name) {
        SharedIndexInformer<GenericKubernetesResource> informer = KubernetesObjects.of(client, WatchedKind.SECRET, "v1")
                .inNamespace(name.namespace())
                .withName(name.name())
                .runnableInformer(0);
        informer.exceptionHandler((started, failure) -> {
            LOG.log(Level.WARNING, "Secret " + name + " cannot be watched, gateways that name it wait: " + failure);
            return true;
        });
        informer.addEventHandler(handler);
        var unused = informer.start();
        return informer;
    }

    @Override
    public void close() {
        watch(Set.of());
    }
}

package io.inmesh.control.config.kubernetes;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How the control service lives in its cluster.
 *
 * @param kubeconfig empty for the usual places: the pod's own account, or {@code ~/.kube/config}
 * @param namespace its own: of the ConfigMaps {@code inmesh} and {@code istio}, of its Lease and of the Secret with its state
 * @param identity tells its replicas apart, such as the pod's name
 * @param stateSecret the Secret with the CA's state; empty if the state is kept elsewhere
 * @param rootConfigMap the name of the ConfigMap with the trust bundle in every namespace; empty for none
 */
public record KubernetesSettings(
        Optional<Path> kubeconfig, String namespace, String identity, String stateSecret, String rootConfigMap) {

    public static final String STATE_SECRET = "inmesh-ca";
    public static final String ROOT_CONFIG_MAP = "inmesh-ca-root-cert";
    static final String LEASE = "inmesh-control";
}

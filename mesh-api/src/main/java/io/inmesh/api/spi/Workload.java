package io.inmesh.api.spi;

/**
 * A workload as Istio's metrics name it. A part that is not known is empty.
 *
 * @param name of the deployment or the like
 * @param app label {@code app}
 * @param version label {@code version}
 * @param cluster the Kubernetes cluster's name
 * @param principal SPIFFE ID that its certificate showed
 */
public record Workload(
        String name,
        String namespace,
        String app,
        String version,
        String canonicalService,
        String canonicalRevision,
        String cluster,
        String principal) {

    public static final Workload UNKNOWN = new Workload("", "", "", "", "", "", "", "");
}

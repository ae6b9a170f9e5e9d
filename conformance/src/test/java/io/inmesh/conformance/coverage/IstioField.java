package io.inmesh.conformance.coverage;

import java.util.List;

/**
 * One row of the matrix in {@code istio-and-xds.md} that acts in the calling process.
 *
 * @param name Istio's path, such as {@code VirtualService http[].match[].uri.exact}
 * @param must whether the matrix says MUST; SHOULD otherwise
 * @param envoy the fields that it becomes
 * @param code a pattern of the names of those of our classes that decide about it, without their packages; empty where nobody said
 * @param pending whose work it waits for; empty if it is built
 */
public record IstioField(String name, boolean must, List<String> envoy, String code, String pending) {

    public IstioField {
        envoy = List.copyOf(envoy);
    }
}

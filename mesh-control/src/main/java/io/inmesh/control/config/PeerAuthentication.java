package io.inmesh.control.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Istio's PeerAuthentication.
 *
 * @param selector labels of the workloads; empty means the whole namespace, or the mesh if it is the root namespace
 * @param mode empty if not written or UNSET, which inherits
 * @param ports by port of the workload, not of the service
 * @see <a href="https://istio.io/latest/docs/reference/config/security/peer_authentication/">PeerAuthentication</a>
 */
public record PeerAuthentication(
        Meta meta, Map<String, String> selector, Optional<Mode> mode, Map<Integer, Optional<Mode>> ports)
        implements Resource {

    /** What a workload accepts. */
    public enum Mode {
        DISABLE,
        PERMISSIVE,
        STRICT
    }

    /** As Istio writes it. */
    enum WrittenMode {
        UNSET,
        DISABLE,
        PERMISSIVE,
        STRICT
    }

    static PeerAuthentication read(Meta meta, Fields spec) {
        Map<String, String> selector = Selectors.matchLabels(spec);
        Map<String, Optional<Mode>> written = spec.map("portLevelMtls", PeerAuthentication::mode);
        if (selector.isEmpty() && !written.isEmpty()) {
            throw spec.invalid("portLevelMtls", "needs a selector");
        }
        return new PeerAuthentication(
                meta,
                selector,
                spec.object("mtls", PeerAuthentication::mode).orElse(Optional.empty()),
                byNumber(spec, written));
    }

    /** What stands in for a resource that cannot be read and has no last good version: the safest mode. */
    static PeerAuthentication strict(Meta meta, Map<String, String> selector) {
        return new PeerAuthentication(meta, selector, Optional.of(Mode.STRICT), Map.of());
    }

    private static Map<Integer, Optional<Mode>> byNumber(Fields spec, Map<String, Optional<Mode>> written) {
        Map<Integer, Optional<Mode>> ports = new HashMap<>();
        written.forEach((text, mode) -> {
            try {
                ports.put(Integer.valueOf(text), mode);
            } catch (NumberFormatException notANumber) {
                throw spec.invalid("portLevelMtls", "the port '" + text + "' is not a number");
            }
        });
        return Map.copyOf(ports);
    }

    private static Optional<Mode> mode(Fields mtls) {
        return mtls.choice("mode", WrittenMode.class)
                .filter(mode -> mode != WrittenMode.UNSET)
                .map(mode -> Mode.valueOf(mode.name()));
    }
}

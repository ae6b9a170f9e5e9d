package io.inmesh.control.state;

import io.inmesh.control.config.Sidecar;
import io.inmesh.control.config.VirtualService;
import java.util.List;
import java.util.Optional;

/** What a caller sees of the mesh by its Sidecar resource; without one everything that is exported to it. Immutable. */
public record SidecarView(String namespace, Optional<List<String>> hosts, Optional<Boolean> registryOnly) {

    static SidecarView of(String namespace, Optional<Sidecar> sidecar) {
        return new SidecarView(namespace, sidecar.flatMap(Sidecar::hosts), sidecar.flatMap(Sidecar::registryOnly));
    }

    public boolean sees(MeshService service) {
        return sees(service.namespace(), service.host());
    }

    /** Whether one of its hosts is seen. */
    public boolean sees(VirtualService virtual, String clusterDomain) {
        String owner = virtual.meta().namespace();
        return virtual.hosts().stream()
                .map(host -> Hosts.qualify(host, owner, clusterDomain))
                .anyMatch(host -> sees(owner, host));
    }

    public boolean all() {
        return hosts.isEmpty();
    }

    private boolean sees(String owner, String host) {
        return hosts.isEmpty() || hosts.get().stream().anyMatch(pattern -> matches(pattern, owner, host));
    }

    private boolean matches(String pattern, String owner, String host) {
        int slash = pattern.indexOf('/');
        String written = pattern.substring(0, slash);
        boolean in =
                switch (written) {
                    case "*" -> true;
                    case "." -> owner.equals(namespace);
                    case "~" -> false;
                    default -> written.equals(owner);
                };
        String hostPattern = pattern.substring(slash + 1);
        return in && (Hosts.matches(hostPattern, host) || (host.startsWith("*") && Hosts.matches(host, hostPattern)));
    }
}

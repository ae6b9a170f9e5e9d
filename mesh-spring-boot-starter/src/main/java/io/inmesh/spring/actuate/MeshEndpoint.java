package io.inmesh.spring.actuate;

import io.inmesh.client.MeshState;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/** {@code /actuator/mesh}: what is in effect, what is not, who this application is to its peers, and whom it turned away. */
@Endpoint(id = "mesh")
public final class MeshEndpoint {

    private final Supplier<MeshState> mesh;
    private final Denials denials;
    private final Supplier<List<String>> callerRules;

    public MeshEndpoint(Supplier<MeshState> mesh, Denials denials, Supplier<List<String>> callerRules) {
        this.mesh = mesh;
        this.denials = denials;
        this.callerRules = callerRules;
    }

    @ReadOperation
    public MeshDescriptor mesh() {
        MeshState state = mesh.get();
        return new MeshDescriptor(
                state.health().name(),
                state.reason(),
                state.identity().orElse(null),
                state.identityNotAfter().map(Object::toString).orElse(null),
                state.versions(),
                state.rejections().stream().map(Object::toString).toList(),
                state.unsupported().stream().map(Object::toString).toList(),
                state.inboundUnsupported(),
                callerRules.get(),
                denials.last());
    }

    /**
     * What the endpoint tells.
     *
     * @param identity SPIFFE ID; null without one
     * @param certificateExpires instant in ISO-8601; null without an identity
     * @param versions of the resources in effect, by type
     * @param rejections resources that were refused; the last good ones stay
     * @param unsupported fields that do not take effect
     * @param inboundUnsupported security settings that cannot be honoured, for which reason they deny
     * @param callerRules what {@code @MeshAllow} and {@code @MeshDeny} say of callers, besides the operator's policies
     * @param denials the last requests that a policy denied
     */
    public record MeshDescriptor(
            String health,
            String reason,
            @Nullable String identity,
            @Nullable String certificateExpires,
            Map<String, String> versions,
            List<String> rejections,
            List<String> unsupported,
            List<String> inboundUnsupported,
            List<String> callerRules,
            List<Denials.Denial> denials) {}
}

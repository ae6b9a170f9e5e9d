package io.inmesh.xds.model.tls;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which peers are good.
 *
 * @param trust roots that the peer's chain must lead to; null: any chain is good
 * @param subjectAltNames at least one SAN must match one of them; empty: any SAN is good
 */
public record PeerValidation(@Nullable TrustSource trust, List<SanMatch> subjectAltNames) {

    public PeerValidation {
        subjectAltNames = List.copyOf(subjectAltNames);
    }
}

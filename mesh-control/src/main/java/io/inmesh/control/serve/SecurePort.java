package io.inmesh.control.serve;

import io.grpc.BindableService;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;

/**
 * What the TLS port (15012) needs from the certificate authority. Client certificates are asked for and not required, because a
 * workload that has none yet comes with a token; each service decides whether it serves an unknown caller.
 *
 * @param keyManager the control service's own certificate, renewed behind this object
 * @param trustManager accepts client certificates of this mesh only
 * @param authenticator who calls
 * @param services what is served beside ADS, such as the certificate service
 */
public record SecurePort(
        KeyManager keyManager,
        TrustManager trustManager,
        CallerAuthenticator authenticator,
        List<BindableService> services) {

    public SecurePort {
        services = List.copyOf(services);
    }
}

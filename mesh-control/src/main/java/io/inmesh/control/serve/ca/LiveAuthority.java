package io.inmesh.control.serve.ca;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateDirectory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * The authority as it is right now, for everything that signs or trusts. A kept authority that has become unreadable leaves the last
 * good one at work. Readers never wait; one thread at a time refreshes.
 */
final class LiveAuthority implements Supplier<Authority> {

    private static final Logger LOG = System.getLogger(LiveAuthority.class.getName());
    private static final String PUBLIC = "root-cert.pem";

    private final AuthoritySource source;
    private final PrivateDirectory directory;
    private volatile Authority current;
    private String problem = "";

    /** Reads it for the first time, when a problem ends the start. */
    LiveAuthority(AuthoritySource source, PrivateDirectory directory) throws IOException {
        this.source = source;
        this.directory = directory;
        current = source.read();
        publish(current);
    }

    @Override
    public Authority get() {
        return current;
    }

    /** Where the trust bundle lies, for workloads to trust. */
    Path publicFile() {
        return directory.resolve(PUBLIC);
    }

    /** Takes over a change; true if there was one. */
    boolean refresh() {
        try {
            if (!source.changed()) {
                return false;
            }
            Authority next = source.read();
            publish(next);
            current = next;
            problem = "";
            LOG.log(
                    Level.INFO,
                    "Authority changed: signer={0} roots={1} until={2}",
                    next.signer().getSubjectX500Principal(),
                    next.trustBundle().size(),
                    next.until());
            return true;
        } catch (IOException | MeshConfigurationException e) {
            String now = String.valueOf(e.getMessage());
            if (!now.equals(problem)) {
                problem = now;
                LOG.log(Level.ERROR, "The authority stays as it was: {0}", now);
            }
            return false;
        }
    }

    private void publish(Authority authority) throws IOException {
        directory.write(PUBLIC, Pem.bytes(Pem.certificates(authority.trustBundle())));
    }
}

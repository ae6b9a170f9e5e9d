package io.inmesh.agent.identity;

import io.inmesh.agent.connect.AgentContext;
import io.inmesh.api.identity.Pem;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells of the roots that a mesh publishes as a file, such as the mounted {@code istio-ca-root-cert}, at first and whenever they have
 * changed. A file that cannot be read tells nothing. Thread-safe; reads on the context's disk executor.
 */
public final class RootsWatch {

    private static final Logger LOG = System.getLogger(RootsWatch.class.getName());
    private static final long EVERY_SECONDS = 5;
    private static final int LIMIT = 1 << 20;

    private final Path file;
    private final AgentContext context;
    private final Consumer<Set<X509Certificate>> published;
    private Set<X509Certificate> last = Set.of();
    private volatile boolean closed;

    /** Tells {@code published} on the context's executor. */
    public RootsWatch(Path file, AgentContext context, Consumer<Set<X509Certificate>> published) {
        this.file = file;
        this.context = context;
        this.published = published;
    }

    /** Begins to look. */
    public void start() {
        context.disk().execute(this::look);
    }

    public void close() {
        closed = true;
    }

    private void look() {
        if (closed) {
            return;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LIMIT), StandardCharsets.US_ASCII);
            Set<X509Certificate> roots = Set.copyOf(Pem.readCertificates(text));
            if (!roots.equals(last)) {
                last = roots;
                context.executor().execute(() -> published.accept(roots));
            }
        } catch (IOException | CertificateException e) {
            LOG.log(Level.DEBUG, "The roots in {0} cannot be read now: {1}", file, e.toString());
        }
        var unused =
                context.executor().schedule(() -> context.disk().execute(this::look), EVERY_SECONDS, TimeUnit.SECONDS);
    }
}

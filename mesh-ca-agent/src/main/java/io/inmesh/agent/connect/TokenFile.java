package io.inmesh.agent.connect;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * A bearer token in a file: a Kubernetes service-account token with audience {@code istio-ca}, or a bootstrap token. It is read again
 * for every call, because whoever issues it replaces it. Without a readable token the call goes on without one; the server may
 * know the caller by its certificate. Thread-safe.
 */
public final class TokenFile extends CallCredentials {

    private static final Logger LOG = System.getLogger(TokenFile.class.getName());
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final int LONGEST = 64 * 1024;

    private final Path file;

    public TokenFile(Path file) {
        this.file = file;
    }

    @Override
    public void applyRequestMetadata(RequestInfo request, Executor executor, MetadataApplier applier) {
        executor.execute(() -> {
            Metadata headers = new Metadata();
            read().ifPresent(token -> headers.put(AUTHORIZATION, "Bearer " + token));
            applier.apply(headers);
        });
    }

    private Optional<String> read() {
        try (InputStream in = Files.newInputStream(file)) {
            String token = new String(in.readNBytes(LONGEST), StandardCharsets.US_ASCII).strip();
            boolean usable = !token.isEmpty() && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (!usable) {
                LOG.log(Level.WARNING, "The token file holds no token: {0}", file);
            }
            return usable ? Optional.of(token) : Optional.empty();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "The token file cannot be read: {0}", e.toString());
            return Optional.empty();
        }
    }
}

package io.inmesh.agent;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Delivers an identity as files: {@code key.pem}, {@code cert-chain.pem} and {@code root-cert.pem}, the names of Istio's agent. As in a
 * Kubernetes volume they are links through one link, whose replacement turns over all three at once: no reader that opens the
 * folder's files anew gets the key of one rotation and the chain of another for longer than the blink between two opens. Not
 * thread-safe.
 */
final class PemDirectory {

    private static final String KEY = "key.pem";
    private static final String CHAIN = "cert-chain.pem";
    private static final String ROOTS = "root-cert.pem";
    private static final String CURRENT = "current";
    private static final String GENERATION = "generation-";

    private final PrivateDirectory directory;

    private PemDirectory(PrivateDirectory directory) {
        this.directory = directory;
    }

    static PemDirectory open(Path folder) throws IOException {
        return new PemDirectory(PrivateDirectory.open(folder));
    }

    void write(WorkloadIdentity identity) throws IOException {
        long number = newest() + 1;
        PrivateDirectory generation = directory.folder(GENERATION + number);
        generation.write(KEY, Pem.bytes(Pem.privateKey(identity.key())));
        generation.write(CHAIN, Pem.bytes(Pem.certificates(identity.chain())));
        generation.write(ROOTS, Pem.bytes(Pem.certificates(identity.trustBundle())));
        link(directory.resolve(CURRENT), Path.of(GENERATION + number));
        for (String name : List.of(KEY, CHAIN, ROOTS)) {
            Path file = directory.resolve(name);
            if (!Files.isSymbolicLink(file)) {
                link(file, Path.of(CURRENT, name));
            }
        }
        remove(number - 2);
    }

    /** Makes or replaces a link in one step. */
    private void link(Path link, Path target) throws IOException {
        Path unfinished = directory.resolve("next");
        Files.deleteIfExists(unfinished);
        Files.createSymbolicLink(unfinished, target);
        Files.move(unfinished, link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private long newest() throws IOException {
        return generations().stream().mapToLong(PemDirectory::number).max().orElse(0);
    }

    /** Removes generations up to a number; the one before the current stays for whoever is reading it. */
    private void remove(long upTo) throws IOException {
        for (Path generation : generations()) {
            if (number(generation) <= upTo) {
                for (String name : List.of(KEY, CHAIN, ROOTS)) {
                    Files.deleteIfExists(generation.resolve(name));
                }
                Files.delete(generation);
            }
        }
    }

    private List<Path> generations() throws IOException {
        try (Stream<Path> all = Files.list(directory.path())) {
            return all.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> path.getFileName().toString().matches(GENERATION + "\\d{1,18}"))
                    .toList();
        }
    }

    private static long number(Path generation) {
        return Long.parseLong(generation.getFileName().toString().substring(GENERATION.length()));
    }
}

package io.inmesh.control.serve.ca;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the mesh's own roots in one text with their keys. A text that cannot be read ends the start: a new root in its place would cut
 * off every workload of the mesh. One thread at a time calls.
 */
final class AuthorityStore implements AuthoritySource {

    private final RootText text;
    private final TrustDomain trustDomain;
    private final MeshClock clock;
    private final SecureRandom random;
    private @Nullable Object read;
    private boolean made;

    /** In a file of the state directory. */
    AuthorityStore(PrivateDirectory directory, TrustDomain trustDomain, MeshClock clock, SecureRandom random) {
        this(new RootFile(directory), trustDomain, clock, random);
    }

    AuthorityStore(RootText text, TrustDomain trustDomain, MeshClock clock, SecureRandom random) {
        this.text = text;
        this.trustDomain = trustDomain;
        this.clock = clock;
        this.random = random;
    }

    /** The kept roots, or a new one of ten years; of several control services that start at once one makes it. */
    @Override
    public Authority read() throws IOException {
        Object before = text.mark();
        RootSet roots = change(kept -> kept);
        Object after = text.mark();
        // What changed in between may have been read or not; the next look tells.
        read = made || before.equals(after) ? after : null;
        return roots.authority();
    }

    @Override
    public boolean changed() throws IOException {
        return !text.mark().equals(read);
    }

    /** Where the rotation stands. */
    RotationStatus status() throws IOException {
        RootSet roots = change(kept -> kept);
        return new RotationStatus(
                roots.step(),
                text.since(),
                roots.trusted().stream().map(RotationStatus.Root::of).toList());
    }

    /** Adds a new root to those that are trusted. */
    void add() throws IOException {
        KeyedRoot next = KeyedRoot.create(trustDomain.name(), clock, random);
        change(kept -> kept.add(next));
    }

    /** From now on the added root signs. */
    void signWithNew() throws IOException {
        change(RootSet::signWithNew);
    }

    /** The old root is trusted no more. */
    void removeOld() throws IOException {
        change(RootSet::removeOld);
    }

    private RootSet change(UnaryOperator<RootSet> step) throws IOException {
        return load(text.change(kept -> {
            made = kept.isEmpty();
            RootSet before = made ? RootSet.of(KeyedRoot.create(trustDomain.name(), clock, random)) : load(kept.get());
            RootSet after = step.apply(before);
            return !made && after.equals(before) ? kept.get() : after.pem();
        }));
    }

    private RootSet load(String pem) {
        RootSet roots;
        try {
            roots = RootSet.parse(pem);
        } catch (GeneralSecurityException e) {
            throw new MeshConfigurationException(
                    "The mesh's root in " + text.where() + " cannot be read, " + e.getMessage()
                            + "; restore it, or remove it to begin a new mesh",
                    e);
        }
        Instant until = roots.authority().until();
        if (!clock.now().isBefore(until)) {
            throw new MeshConfigurationException("The mesh's root in " + text.where() + " expired at " + until);
        }
        return roots;
    }
}

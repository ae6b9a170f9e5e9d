package io.inmesh.control.serve;

import io.inmesh.api.identity.SpiffeId;
import java.util.Optional;

/** Tells who calls the control service, from what the caller shows. Thread-safe; must not block. */
public interface CallerAuthenticator {

    /**
     * The identity that these credentials prove, or empty if they prove none. A service that needs an identity refuses such a
     * call; nothing else may stand in for it, least of all the caller's address.
     */
    Optional<SpiffeId> identify(CallerCredentials credentials);

    /** Asks each in turn; the first that knows the caller decides. */
    static CallerAuthenticator firstOf(CallerAuthenticator... authenticators) {
        return credentials -> {
            for (CallerAuthenticator authenticator : authenticators) {
                Optional<SpiffeId> caller = authenticator.identify(credentials);
                if (caller.isPresent()) {
                    return caller;
                }
            }
            return Optional.empty();
        };
    }
}

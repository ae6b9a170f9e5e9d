package io.inmesh.api.identity;

import java.util.Objects;

/**
 * The root of trust that an identity belongs to, such as {@code cluster.local}.
 *
 * @param name lower-case letters, digits, dots, dashes and underscores; at most 255 characters
 * @see <a href="https://github.com/spiffe/spiffe/blob/main/standards/SPIFFE-ID.md#21-trust-domain">SPIFFE ID, 2.1</a>
 */
public record TrustDomain(String name) {

    private static final int MAX_LENGTH = 255;

    public TrustDomain {
        Objects.requireNonNull(name, "name");
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new IllegalArgumentException("A trust domain has 1 to 255 characters, not " + name.length());
        }
        for (int i = 0; i < name.length(); i++) {
            if (!allowed(name.charAt(i))) {
                throw new IllegalArgumentException(
                        "A trust domain has lower-case letters, digits, dots, dashes and underscores only");
            }
        }
    }

    private static boolean allowed(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    }

    @Override
    public String toString() {
        return name;
    }
}

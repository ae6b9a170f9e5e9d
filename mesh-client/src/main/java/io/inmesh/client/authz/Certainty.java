package io.inmesh.client.authz;

/**
 * Whether a rule matches, where "we cannot tell" is an answer of its own. It passes through and, or and not as in Kleene's logic, so
 * that an unsupported or ambiguous part decides against the caller whichever way round it is used: an ALLOW policy needs
 * {@link #YES}, a DENY policy strikes unless {@link #NO}.
 */
public enum Certainty {
    NO,
    UNKNOWN,
    YES;

    static Certainty of(boolean matches) {
        return matches ? YES : NO;
    }

    Certainty and(Certainty other) {
        return compareTo(other) <= 0 ? this : other;
    }

    Certainty or(Certainty other) {
        return compareTo(other) >= 0 ? this : other;
    }

    Certainty not() {
        return this == UNKNOWN ? UNKNOWN : of(this == NO);
    }
}

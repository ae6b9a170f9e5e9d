package io.inmesh.client.resilience;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/** Some HTTP statuses; asked without boxing. Immutable. */
public final class StatusCodes {

    public static final StatusCodes NONE = new StatusCodes(new int[0]);

    private final int[] codes;

    private StatusCodes(int[] codes) {
        this.codes = codes;
    }

    public static StatusCodes of(Collection<Integer> codes) {
        return codes.isEmpty()
                ? NONE
                : new StatusCodes(new TreeSet<>(codes)
                        .stream().mapToInt(Integer::intValue).toArray());
    }

    /** Whether the status is one of them. */
    public boolean contains(int status) {
        for (int code : codes) {
            if (code == status) {
                return true;
            }
        }
        return false;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StatusCodes that && Arrays.equals(codes, that.codes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(codes);
    }

    @Override
    public String toString() {
        return Arrays.toString(codes);
    }
}

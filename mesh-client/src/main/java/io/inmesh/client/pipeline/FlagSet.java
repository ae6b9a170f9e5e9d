package io.inmesh.client.pipeline;

import io.inmesh.api.error.ResponseFlag;
import java.util.EnumSet;
import java.util.Set;

/** Sets of response flags as bits of one number, which costs a call no object. Stateless. */
final class FlagSet {

    private FlagSet() {}

    /** The one flag. */
    @SuppressWarnings("EnumOrdinal") // the number leaves no process and no version
    static long of(ResponseFlag flag) {
        return 1L << flag.ordinal();
    }

    /** A number's flags. */
    static Set<ResponseFlag> flags(long bits) {
        if (bits == 0) {
            return Set.of();
        }
        Set<ResponseFlag> set = EnumSet.allOf(ResponseFlag.class);
        set.removeIf(flag -> (bits & of(flag)) == 0);
        return set;
    }
}

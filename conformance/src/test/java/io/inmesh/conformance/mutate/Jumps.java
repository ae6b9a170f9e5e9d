package io.inmesh.conformance.mutate;

import org.objectweb.asm.Opcodes;

/** Conditional jumps and their nearest mistakes. */
final class Jumps {

    private static final int[][] OPPOSITES = {
        {Opcodes.IFEQ, Opcodes.IFNE},
        {Opcodes.IFLT, Opcodes.IFGE},
        {Opcodes.IFGT, Opcodes.IFLE},
        {Opcodes.IF_ICMPEQ, Opcodes.IF_ICMPNE},
        {Opcodes.IF_ICMPLT, Opcodes.IF_ICMPGE},
        {Opcodes.IF_ICMPGT, Opcodes.IF_ICMPLE},
        {Opcodes.IF_ACMPEQ, Opcodes.IF_ACMPNE},
        {Opcodes.IFNULL, Opcodes.IFNONNULL},
    };
    private static final int[][] NEIGHBOURS = {
        {Opcodes.IFLT, Opcodes.IFLE},
        {Opcodes.IFGE, Opcodes.IFGT},
        {Opcodes.IF_ICMPLT, Opcodes.IF_ICMPLE},
        {Opcodes.IF_ICMPGE, Opcodes.IF_ICMPGT},
    };

    private Jumps() {}

    /** The jump that is taken when this is not; the same for one without condition. */
    static int inverted(int opcode) {
        return other(OPPOSITES, opcode);
    }

    /** The jump that differs only where both sides are equal; the same if there is none. */
    static int shifted(int opcode) {
        return other(NEIGHBOURS, opcode);
    }

    private static int other(int[][] pairs, int opcode) {
        for (int[] pair : pairs) {
            if (pair[0] == opcode) {
                return pair[1];
            }
            if (pair[1] == opcode) {
                return pair[0];
            }
        }
        return opcode;
    }
}

package io.inmesh.conformance.mutate;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Walks through a class, tells of each place where a mistake can be made, and leaves a probe or makes the mistake there. */
final class PointVisitor extends ClassVisitor {

    private static final String PROBES = "io/inmesh/conformance/mutate/Probes";

    private final String type;
    private final Consumer<Point> found;
    private final int firstProbe;
    private final int mistake;
    private int index;

    /**
     * Prepares a walk.
     *
     * @param firstProbe the number of the first place's probe; negative for no probes
     * @param mistake the index of the place where to make the mistake; negative for none
     */
    PointVisitor(ClassVisitor next, String type, Consumer<Point> found, int firstProbe, int mistake) {
        super(Opcodes.ASM9, next);
        this.type = type;
        this.found = found;
        this.firstProbe = firstProbe;
        this.mistake = mistake;
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, String signature, String[] exceptions) {
        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
        // What a compiler wrote, and what only people read, decides nothing.
        boolean left = (access & (Opcodes.ACC_SYNTHETIC | Opcodes.ACC_BRIDGE)) != 0 && !name.startsWith("lambda$");
        return left || name.equals("toString") || name.equals("hashCode") || name.equals("equals")
                ? next
                : new InMethod(next, name + parameters(descriptor));
    }

    private static String parameters(String descriptor) {
        return Arrays.stream(Type.getArgumentTypes(descriptor))
                .map(Type::getClassName)
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .collect(Collectors.joining(",", "(", ")"));
    }

    /** The places of one method. */
    private final class InMethod extends MethodVisitor {

        private final String method;
        private final Map<Point.Kind, Integer> ordinals = new EnumMap<>(Point.Kind.class);
        private int line;

        InMethod(MethodVisitor next, String method) {
            super(Opcodes.ASM9, next);
            this.method = method;
        }

        @Override
        public void visitLineNumber(int number, Label start) {
            line = number;
            super.visitLineNumber(number, start);
        }

        @Override
        public void visitJumpInsn(int opcode, Label label) {
            int inverted = Jumps.inverted(opcode);
            int shifted = Jumps.shifted(opcode);
            int changed = opcode;
            if (inverted != opcode && here(Point.Kind.INVERTED)) {
                changed = inverted;
            }
            if (shifted != opcode && here(Point.Kind.OFF_BY_ONE)) {
                changed = shifted;
            }
            super.visitJumpInsn(changed, label);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean ofInterface) {
            super.visitMethodInsn(opcode, owner, name, descriptor, ofInterface);
            boolean asks = descriptor.endsWith(")Z") && owner.startsWith("io/inmesh/");
            if (asks && here(Point.Kind.DROPPED)) {
                super.visitInsn(Opcodes.POP);
                super.visitInsn(Opcodes.ICONST_1);
            }
        }

        /** Counts a place, and says whether the mistake is to be made here. */
        private boolean here(Point.Kind kind) {
            int place = index++;
            found.accept(new Point(type, place, kind, method, ordinals.merge(kind, 1, Integer::sum), line));
            if (firstProbe >= 0) {
                super.visitLdcInsn(firstProbe + place);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, PROBES, "hit", "(I)V", false);
            }
            return place == mistake;
        }
    }
}

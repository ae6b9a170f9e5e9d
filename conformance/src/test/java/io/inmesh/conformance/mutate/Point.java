package io.inmesh.conformance.mutate;

/**
 * A place in our code where a mistake can be made.
 *
 * @param type the class, by its binary name
 * @param index among the places of the class
 * @param method its name and parameters' types, without packages
 * @param ordinal among the places of this kind in this method, from 1
 * @param line where it is, for whoever reads; it moves with every edit above it
 */
public record Point(String type, int index, Kind kind, String method, int ordinal, int line) {

    /** The mistakes. */
    public enum Kind {
        /** A condition holds when it should not, and the other way round. */
        INVERTED,
        /** A comparison takes the edge to the other side. */
        OFF_BY_ONE,
        /** A question is not asked: the answer is yes. */
        DROPPED
    }

    /** The class without its package. */
    public String simpleType() {
        return type.substring(type.lastIndexOf('.') + 1);
    }

    /** What it is called whatever is edited in other methods: {@code Timeouts.of(MeshRequest,boolean) INVERTED 2}. */
    public String name() {
        return simpleType() + "." + method + " " + kind + " " + ordinal;
    }

    @Override
    public String toString() {
        return name() + " (line " + line + ")";
    }
}

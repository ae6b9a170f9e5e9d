package io.inmesh.conformance.mutate;

/**
 * A place in our code where a mistake can be made.
 *
 * @param type the class, by its binary name
 * @param index among the places of the class
 */
public record Point(String type, int index, Kind kind, String method, int line) {

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

    @Override
    public String toString() {
        return kind + " in " + simpleType() + "." + method + ":" + line;
    }
}

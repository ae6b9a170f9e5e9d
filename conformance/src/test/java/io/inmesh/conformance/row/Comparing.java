package io.inmesh.conformance.row;

/**
 * How the answers of a step are compared.
 *
 * @param fact the fact that is counted; may be empty
 */
public record Comparing(Mode mode, String fact) {

    /** What must be the same. */
    public enum Mode {
        /** Nothing: the step prepares the next one. */
        NOTHING,
        /** Every fact of every answer. */
        EXACT,
        /** Each value's share, within a bound that chance exceeds once in a million runs. */
        SHARES,
        /** How many different values there are. */
        DISTINCT,
        /** How often each value comes. */
        COUNTS,
        /** How long answers take on average, within a bound that chance exceeds once in a million runs. */
        TIMES
    }

    /** Every fact of every answer. */
    public static Comparing exact() {
        return new Comparing(Mode.EXACT, "");
    }

    static Comparing parse(String text) {
        String[] words = text.split(" of ", 2);
        return switch (words[0]) {
            case "nothing" -> new Comparing(Mode.NOTHING, "");
            case "exact" -> exact();
            case "times" -> new Comparing(Mode.TIMES, "");
            case "shares" -> new Comparing(Mode.SHARES, words[1]);
            case "distinct" -> new Comparing(Mode.DISTINCT, words[1]);
            case "counts" -> new Comparing(Mode.COUNTS, words[1]);
            default -> throw new IllegalArgumentException("Nothing is compared by '" + text + "'");
        };
    }
}

package io.inmesh.client.pipeline;

/** Small numbers as text, without a string of their own for each call. */
final class Decimals {

    private static final String[] KNOWN = new String[1024];

    static {
        for (int i = 0; i < KNOWN.length; i++) {
            KNOWN[i] = Integer.toString(i);
        }
    }

    private Decimals() {}

    static String of(long number) {
        return number >= 0 && number < KNOWN.length ? KNOWN[(int) number] : Long.toString(number);
    }
}

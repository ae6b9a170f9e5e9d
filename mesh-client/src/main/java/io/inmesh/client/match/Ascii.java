package io.inmesh.client.match;

/** Compares text with the letter case of ASCII aside and of nothing else, as Envoy does. */
final class Ascii {

    private Ascii() {}

    static char lower(char c) {
        return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
    }

    /** Whether a region of the text is the key; the caller has made sure that the region is there. */
    static boolean region(String text, int from, String key) {
        for (int i = 0; i < key.length(); i++) {
            char one = text.charAt(from + i);
            char other = key.charAt(i);
            if (one != other && lower(one) != lower(other)) {
                return false;
            }
        }
        return true;
    }

    static String lower(String text) {
        StringBuilder lower = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            lower.append(lower(text.charAt(i)));
        }
        return lower.toString();
    }
}

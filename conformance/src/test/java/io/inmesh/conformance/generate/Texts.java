package io.inmesh.conformance.generate;

/** Texts that are nearly another text. */
final class Texts {

    private Texts() {}

    static String shorter(String text) {
        return text.substring(0, text.length() - 1);
    }

    /** Small letters for capitals and the other way round. */
    static String otherCase(String text) {
        StringBuilder changed = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            changed.append(Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c));
        }
        return changed.toString();
    }

    /** The first letter behind the slash as an escape that nobody needs. */
    static String escaped(String path) {
        return path.length() < 2 ? path : "/%" + Integer.toHexString(path.charAt(1)) + path.substring(2);
    }
}

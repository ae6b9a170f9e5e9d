package io.inmesh.control.yaml;

/** How many letters two names differ by, for a hint at the name that was meant. */
public final class EditDistance {

    private static final int LONGEST = 64;

    private EditDistance() {}

    /** Tells whether one name becomes the other by at most so many letters added, left out or exchanged; both in one case. */
    public static boolean within(String a, String b, int most) {
        if (a.length() > LONGEST || b.length() > LONGEST || Math.abs(a.length() - b.length()) > most) {
            return false;
        }
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(replaced, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()] <= most;
    }
}

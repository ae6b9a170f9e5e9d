package io.inmesh.client.match;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Estimates a pattern's program size from its text, so that {@code ((a{1000}){1000}){1000}} is refused before the compiler unrolls
 * it. Counts atoms and multiplies by the upper bound of each {@code {n,m}}; never too small by more than a constant factor.
 */
final class RegexCost {

    private static final long CAP = 1L << 40;

    private final String text;
    private final Deque<Long> outer = new ArrayDeque<>();
    private long group;
    private long atom;
    private int at;

    private RegexCost(String text) {
        this.text = text;
    }

    static long of(String text) {
        return new RegexCost(text).scan();
    }

    private long scan() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '\\') {
                at = Math.min(text.length(), at + 2);
                push(1);
            } else if (c == '[') {
                skipClass();
                push(1);
            } else if (c == '(') {
                at++;
                push(0);
                outer.push(group);
                group = 0;
            } else if (c == ')') {
                at++;
                close();
            } else if (c == '{') {
                repeat();
            } else {
                at++;
                push(1);
            }
        }
        while (!outer.isEmpty()) {
            close();
        }
        return Math.min(CAP, group + atom);
    }

    private void push(long size) {
        group = Math.min(CAP, group + atom);
        atom = size;
    }

    private void close() {
        long inner = Math.min(CAP, group + atom);
        group = outer.isEmpty() ? 0 : outer.pop();
        atom = inner;
    }

    private void repeat() {
        int end = text.indexOf('}', at);
        long bound = end < 0 ? -1 : bound(text.substring(at + 1, end));
        if (bound < 0) {
            at++;
            push(1);
            return;
        }
        at = end + 1;
        atom = Math.min(CAP, atom * Math.max(1, bound));
    }

    private static long bound(String braces) {
        int comma = braces.indexOf(',');
        String last = comma < 0 || comma == braces.length() - 1 ? braces.replace(",", "") : braces.substring(comma + 1);
        if (last.isEmpty() || last.length() > 6 || !last.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return -1;
        }
        return Long.parseLong(last);
    }

    private void skipClass() {
        at++;
        if (at < text.length() && text.charAt(at) == '^') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == ']') {
            at++;
        }
        while (at < text.length() && text.charAt(at) != ']') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(text.length(), at + 1);
    }
}

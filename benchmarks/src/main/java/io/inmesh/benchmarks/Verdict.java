package io.inmesh.benchmarks;

import java.util.Locale;

/**
 * How a benchmark ends: one number beside its limit.
 *
 * @param ok whether what was asked for is there
 */
public record Verdict(String name, double ratio, double limit, String unit, boolean ok) {

    /** One line. */
    public String json() {
        return String.format(
                Locale.ROOT,
                "{\"name\":\"%s\",\"ratio\":%.2f,\"limit\":%.2f,\"unit\":\"%s\",\"ok\":%b}",
                name,
                ratio,
                limit,
                unit,
                ok);
    }
}

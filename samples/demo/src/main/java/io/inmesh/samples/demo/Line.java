package io.inmesh.samples.demo;

/**
 * One statement about the running mesh.
 *
 * @param holds whether it was true when it was measured
 * @param what the thing spoken of, such as {@code canary}
 * @param measured what was seen, with the figures
 */
record Line(boolean holds, String what, String measured) {

    @Override
    public String toString() {
        return "  %s %-16s %s".formatted(holds ? "✔" : "✘", what, measured);
    }
}

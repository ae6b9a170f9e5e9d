package io.inmesh.control.yaml;

/**
 * Where something was written, for messages and for explain.
 *
 * @param file relative to the watched folder, with slashes
 * @param line beginning with 1
 */
public record Origin(String file, int line) {

    @Override
    public String toString() {
        return file + ":" + line;
    }
}

package io.inmesh.control.yaml;

/**
 * How much one file may ask of the control service. An alias counts as everything that it stands for, so that a few lines cannot
 * stand for billions of values.
 *
 * @param bytes of one file
 * @param nodes of one file
 * @param depth of lists and objects inside one another
 */
public record YamlLimits(int bytes, int nodes, int depth) {

    /** etcd refuses objects above 1.5 MB; a file may hold many. */
    public static final YamlLimits DEFAULT = new YamlLimits(8 << 20, 500_000, 64);
}

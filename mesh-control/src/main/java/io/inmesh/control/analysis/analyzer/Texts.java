package io.inmesh.control.analysis.analyzer;

import java.util.Collection;
import java.util.stream.Collectors;

/** Lists as istioctl's messages write them. Stateless. */
final class Texts {

    private Texts() {}

    static String list(Collection<?> values) {
        return values.stream().map(String::valueOf).collect(Collectors.joining(" ", "[", "]"));
    }

    static String names(Collection<Item> items) {
        return items.stream().map(Item::name).sorted().collect(Collectors.joining(" ", "[", "]"));
    }

    static String fullNames(Collection<Item> items) {
        return items.stream().map(Item::fullName).distinct().sorted().collect(Collectors.joining(","));
    }
}

package io.inmesh.control.config;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where a route leads.
 *
 * @param host as written; a short name is of the VirtualService's namespace
 * @param port of the service; if none is written, the port that the call came to
 */
public record Destination(String host, Optional<String> subset, OptionalInt port) {

    static Destination read(Fields destination) {
        return new Destination(
                destination.required("host"),
                destination.text("subset").filter(subset -> !subset.isEmpty()),
                destination
                        .object("port", port -> port.integer("number", 1, 65_535))
                        .orElse(OptionalInt.empty()));
    }
}

package io.inmesh.control.config;

/** A copy of requests to another destination, whose answers nobody waits for. Percentage 0 to 100. */
public record Mirror(Destination destination, double percentage) {

    static Mirror read(Fields mirror) {
        Destination destination = mirror.object("destination", Destination::read)
                .orElseThrow(() -> mirror.invalid("destination", "is required"));
        double percentage = mirror.object(
                        "percentage", value -> value.number("value", 0, 100).orElse(0.0))
                .orElse(100.0);
        return new Mirror(destination, percentage);
    }
}

package io.inmesh.xds.model.cluster;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** TCP keep-alive of connections; what is null is left to the operating system. */
public record TcpKeepalive(
        @Nullable Long probes,
        @Nullable Duration time,
        @Nullable Duration interval) {}

package io.inmesh.client.telemetry;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.AttemptReport;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An attempt as an event of the call's span: who was asked, what came of it, and where the time went. */
final class AttemptAttributes {

    private AttemptAttributes() {}

    static Attributes of(AttemptReport attempt) {
        AttributesBuilder attributes = Attributes.builder()
                .put("attempt", attempt.attempt())
                .put("upstream_cluster", attempt.cluster())
                .put("upstream_address", attempt.address())
                .put("retried", attempt.retried())
                .put("duration_us", micros(attempt.duration()));
        if (!attempt.subset().isEmpty()) {
            attributes.put("subset", attempt.subset());
        }
        if (attempt.status() > 0) {
            attributes.put("http.response.status_code", attempt.status());
        }
        ResponseFlag flag = attempt.flag();
        if (flag != null) {
            attributes.put("response_flag", flag.name()).put("cause", attempt.cause());
        }
        phase(attributes, "queue_us", attempt.phases().queue());
        phase(attributes, "connect_us", attempt.phases().connect());
        phase(attributes, "tls_us", attempt.phases().tls());
        phase(attributes, "first_byte_us", attempt.phases().firstByte());
        return attributes.build();
    }

    private static void phase(AttributesBuilder attributes, String name, @Nullable Duration duration) {
        if (duration != null) {
            attributes.put(name, micros(duration));
        }
    }

    private static long micros(Duration duration) {
        return TimeUnit.NANOSECONDS.toMicros(duration.toNanos());
    }
}

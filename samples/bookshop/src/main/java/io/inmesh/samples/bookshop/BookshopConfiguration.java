package io.inmesh.samples.bookshop;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Imported by each service. */
@Configuration(proxyBeanMethods = false)
public class BookshopConfiguration {

    @Bean
    CallerObservation callerObservation(MeterRegistry meters) {
        return new CallerObservation(meters);
    }
}

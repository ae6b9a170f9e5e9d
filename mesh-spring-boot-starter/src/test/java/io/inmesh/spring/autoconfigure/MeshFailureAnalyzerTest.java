package io.inmesh.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import io.inmesh.api.error.MeshConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@ExtendWith(OutputCaptureExtension.class)
class MeshFailureAnalyzerTest {

    @Test
    void aRefusedStartEndsWithASentence(CapturedOutput output) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(Refused.class).web(WebApplicationType.NONE);

        assertThatException().isThrownBy(application::run);

        assertThat(output.getAll())
                .contains("APPLICATION FAILED TO START")
                .contains("mesh.control.root-cert names no file")
                .contains("mesh.enabled=false");
    }

    @Configuration(proxyBeanMethods = false)
    static class Refused {

        @Bean
        Object mesh() {
            throw new MeshConfigurationException("mesh.control.root-cert names no file");
        }
    }
}

package io.inmesh.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.api.annotation.MeshRetry;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.TypeReference;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.AbstractAotProcessor.Settings;
import org.springframework.web.client.RestClient;

class MeshRuntimeHintsTest {

    private static RuntimeHints hints() {
        RuntimeHints hints = new RuntimeHints();
        new MeshRuntimeHints().registerHints(hints, MeshRuntimeHintsTest.class.getClassLoader());
        return hints;
    }

    @Test
    void everyAnnotationCanBeReadByTheNamesOfItsMembers() throws Exception {
        Path compiled = Path.of(MeshRetry.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve(MeshRetry.class.getPackageName().replace('.', '/'));
        if (Files.isDirectory(compiled)) {
            try (Stream<Path> all = Files.list(compiled)) {
                assertThat(all.filter(file -> file.getFileName().toString().matches("Mesh[A-Za-z]+[.]class"))
                                .count())
                        .as("none is forgotten")
                        .isEqualTo(MeshRuntimeHints.ANNOTATIONS.size());
            }
        }
        for (Class<?> type : MeshRuntimeHints.ANNOTATIONS) {
            assertThat(type).isAnnotation();
            assertThat(RuntimeHintsPredicates.reflection()
                            .onType(type)
                            .withMemberCategory(MemberCategory.INVOKE_DECLARED_METHODS))
                    .accepts(hints());
        }
    }

    @Test
    void tomcatCanMakeTheConnectorByItsName() throws Exception {
        Class<?> protocol = Class.forName(MeshTomcat.PROTOCOL);
        assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(protocol.getConstructor()))
                .accepts(hints());
        assertThat(RuntimeHintsPredicates.reflection().onType(TypeReference.of(protocol)))
                .accepts(hints());
    }

    @EnableAutoConfiguration
    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        RestClient restClient(RestClient.Builder builder) {
            return builder.build();
        }

        public static void main(String[] arguments) {
            new SpringApplicationBuilder(Application.class)
                    .properties(
                            "mesh.control.address=127.0.0.1:1",
                            "mesh.control.plaintext=true",
                            "mesh.probe.port=0",
                            "server.port=0")
                    .run(arguments);
        }
    }

    /** As the build plugins of Spring Boot do it: beans become source code, and nothing connects. */
    @Test
    void anApplicationOfTheMeshIsProcessedAheadOfTime(@TempDir Path out) throws IOException {
        Settings settings = Settings.builder()
                .sourceOutput(out.resolve("sources"))
                .resourceOutput(out.resolve("resources"))
                .classOutput(out.resolve("classes"))
                .groupId("com.example")
                .artifactId("demo")
                .build();
        new SpringApplicationAotProcessor(Application.class, settings, new String[0]).process();

        String written;
        try (Stream<Path> files = Files.walk(out)) {
            written = files.filter(Files::isRegularFile)
                    .map(MeshRuntimeHintsTest::read)
                    .reduce("", String::concat);
        }
        assertThat(written)
                .contains("MeshAutoConfiguration__BeanDefinitions")
                .contains("MeshTomcatCustomizer")
                .contains("RequestFactoryBuilderPostProcessor")
                .contains("io.inmesh.spring.autoconfigure.MeshProperties$Control")
                .contains(MeshTomcat.PROTOCOL)
                .contains(MeshRetry.class.getName());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

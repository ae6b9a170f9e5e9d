package io.inmesh.test;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.spring.autoconfigure.MeshProperties;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.xml.sax.InputSource;

/** Every block of code in the guides: Java compiles, Istio's YAML is read without a problem, properties are there, XML and shell parse. */
class DocumentSnippetsTest {

    private static final Path DOCS = Path.of(System.getProperty("mesh.root", ".."), "docs");
    private static final List<String> GUIDES = List.of(
            "getting-started-spring-boot.md",
            "plain-java.md",
            "testing-policies.md",
            "from-istio-sidecar.md",
            "from-spring-cloud.md",
            "limits.md");
    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(\\w*)\\n(.*?)^ *```$");
    private static final String IMPORTS = Stream.of(
                    "io.inmesh.agent.*",
                    "io.inmesh.agent.connect.*",
                    "io.inmesh.api.annotation.*",
                    "io.inmesh.api.policy.*",
                    "io.inmesh.api.spi.*",
                    "io.inmesh.client.*",
                    "io.inmesh.client.adapter.grpc.*",
                    "io.inmesh.client.adapter.jetty.*",
                    "io.inmesh.client.adapter.tomcat.*",
                    "org.apache.catalina.startup.Tomcat",
                    "org.eclipse.jetty.server.Server",
                    "org.eclipse.jetty.server.handler.DefaultHandler",
                    "io.inmesh.client.adapter.apache.*",
                    "io.inmesh.client.adapter.feign.*",
                    "io.inmesh.client.adapter.resilience4j.*",
                    "io.inmesh.client.adapter.retrofit.*",
                    "io.inmesh.test.*",
                    "static io.inmesh.test.MeshAssertions.assertThat",
                    "static io.inmesh.test.MeshCall.get",
                    "java.nio.file.Path",
                    "java.time.Duration",
                    "java.util.*",
                    "okhttp3.*",
                    "org.apache.hc.client5.http.impl.classic.*",
                    "org.junit.jupiter.api.Test",
                    "org.springframework.context.annotation.*",
                    "org.springframework.web.bind.annotation.*",
                    "org.springframework.web.client.RestClient",
                    "org.springframework.web.service.annotation.*",
                    "org.springframework.web.service.registry.ImportHttpServices")
            .map(name -> "import " + name + ";\n")
            .reduce("", String::concat);

    static List<Arguments> blocks() throws IOException {
        List<Arguments> blocks = new ArrayList<>();
        for (String guide : GUIDES) {
            Matcher block = BLOCK.matcher(Files.readString(DOCS.resolve(guide)));
            for (int number = 1; block.find(); number++) {
                blocks.add(Arguments.argumentSet(
                        guide + " " + number, block.group(2), block.group(3).stripIndent()));
            }
        }
        assertThat(blocks).hasSizeGreaterThan(20);
        return blocks;
    }

    @ParameterizedTest
    @MethodSource("blocks")
    void everyBlockIsRight(String language, String text, @TempDir Path folder) throws Exception {
        switch (language) {
            case "java" -> compile(text, folder);
            case "yaml" ->
                assertThat(ConfigSnapshot.ofYaml("guide", text).problems()).isEmpty();
            case "properties" -> bind(text);
            case "xml" ->
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(text)));
            case "sh" -> assertThat(shell(text)).isZero();
            default -> throw new AssertionError("a block of '" + language + "' that nobody checks");
        }
    }

    private static void compile(String text, Path folder) {
        boolean declares =
                Pattern.compile("(?m)^(class|interface) ").matcher(text).find();
        String members = declares ? text : "void run() throws Exception {\n" + text + "\n}";
        String source = IMPORTS + "class Guide {\n" + members + "\n}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter out = new StringWriter();
        boolean compiled = compiler.getTask(
                        out,
                        null,
                        null,
                        List.of("-proc:none", "-parameters", "-d", folder.toString(), "-cp", classPath()),
                        null,
                        List.of(new Source(source)))
                .call();
        assertThat(compiled).as("%s%n%s", out, text).isTrue();
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static void bind(String text) throws IOException {
        Properties written = new Properties();
        written.load(new StringReader(text));
        Map<String, String> mesh = new TreeMap<>();
        written.stringPropertyNames().stream()
                .filter(name -> name.startsWith("mesh."))
                .forEach(name -> mesh.put(name, written.getProperty(name)));
        assertThat(mesh).isNotEmpty();
        new Binder(new MapConfigurationPropertySource(mesh))
                .bind("mesh", Bindable.of(MeshProperties.class), new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
    }

    private static int shell(String text) throws IOException, InterruptedException {
        Process shell = new ProcessBuilder("bash", "-n").start();
        shell.getOutputStream().write(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        shell.getOutputStream().close();
        return shell.waitFor();
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String text;

        Source(String text) {
            super(URI.create("string:///Guide.java"), JavaFileObject.Kind.SOURCE);
            this.text = text;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }
}

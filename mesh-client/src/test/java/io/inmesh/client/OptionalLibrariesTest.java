package io.inmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.testkit.ChildJvm;
import io.inmesh.testkit.Peers;
import java.io.File;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service does not have on its class path, the client does not need. */
class OptionalLibrariesTest {

    private static final Set<String> ALWAYS_ABSENT = Set.of("grpc", "protobuf", "bouncycastle", "guava", "fabric8");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tomcat",
                "jetty",
                "micrometer",
                "opentelemetry",
                "resilience4j",
                "httpclient5",
                "feign",
                "retrofit",
                "reactor",
                "netty"
            })
    void theClientStartsFromFilesWithout(String library) throws Exception {
        assertThat(verdict(Set.of(library))).isEqualTo("forward");
    }

    @Test
    void theClientStartsFromFilesWithNoneOfThem() throws Exception {
        assertThat(verdict(Set.of(
                        "tomcat",
                        "jetty",
                        "micrometer",
                        "opentelemetry",
                        "resilience4j",
                        "httpc",
                        "feign",
                        "retrofit",
                        "reactor",
                        "netty")))
                .isEqualTo("forward");
    }

    /** Loads the client by a class loader of its own and asks it for a decision. */
    private static String verdict(Set<String> absent) throws Exception {
        Path capture = Peers.shared("istiod-captures").resolve("reviews-client");
        List<URL> urls = new ArrayList<>();
        for (String entry : ChildJvm.classPath().split(File.pathSeparator, -1)) {
            String name = entry.toLowerCase(Locale.ROOT);
            boolean left = ALWAYS_ABSENT.stream().anyMatch(name::contains)
                    || absent.stream().anyMatch(name::contains);
            if (!left) {
                urls.add(Path.of(entry).toUri().toURL());
            }
        }
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            Class<?> program = loader.loadClass(Program.class.getName());
            assertThat(program.getClassLoader()).isSameAs(loader);
            return (String) program.getMethod("verdict", Path.class).invoke(null, capture);
        }
    }

    /** What an application does; loaded a second time, without the libraries. */
    public static final class Program {

        private Program() {}

        public static String verdict(Path capture) {
            try (Mesh mesh = Mesh.builder().files(capture).build()) {
                mesh.okHttp(new okhttp3.OkHttpClient());
                return mesh.explain(new okhttp3.Request.Builder()
                                .url("http://reviews:9080/reviews/1")
                                .build())
                        .verdict();
            }
        }
    }
}

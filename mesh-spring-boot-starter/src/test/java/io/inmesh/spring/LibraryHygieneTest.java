package io.inmesh.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.agent.MeshAgent;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.client.Mesh;
import io.inmesh.control.app.ControlService;
import io.inmesh.spring.autoconfigure.MeshProperties;
import io.inmesh.xds.wire.Message;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What an application's class and module path must be able to rely on, for all published modules together. */
class LibraryHygieneTest {

    private static final Map<Class<?>, String> MODULES = new LinkedHashMap<>(Map.of(
            SpiffeId.class, "io.inmesh.api",
            Message.class, "io.inmesh.xds",
            Mesh.class, "io.inmesh.client",
            MeshAgent.class, "io.inmesh.agent",
            ControlService.class, "io.inmesh.control",
            MeshProperties.class, "io.inmesh.spring"));

    @Test
    void noPackageIsInTwoJars() throws Exception {
        Map<String, Path> owners = new HashMap<>();
        for (Class<?> member : MODULES.keySet()) {
            Path home = home(member);
            for (String name : packages(home)) {
                assertThat(owners.putIfAbsent(name, home))
                        .as("another home of package %s than %s", name, home)
                        .isNull();
            }
        }
        assertThat(owners).containsKeys("io.inmesh.api.identity", "io.inmesh.spring.autoconfigure");
    }

    @Test
    void everyJarHasAnAutomaticModuleName() throws Exception {
        for (Map.Entry<Class<?>, String> module : MODULES.entrySet()) {
            assertThat(moduleName(home(module.getKey())))
                    .as("module of %s", module.getKey())
                    .isEqualTo(module.getValue());
        }
    }

    private static Path home(Class<?> member) throws URISyntaxException {
        return Path.of(
                member.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static Set<String> packages(Path home) throws IOException {
        if (Files.isDirectory(home)) {
            return packagesBelow(home);
        }
        try (FileSystem jar = FileSystems.newFileSystem(home)) {
            return packagesBelow(jar.getPath("/"));
        }
    }

    private static Set<String> packagesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".class"))
                    .map(file -> root.relativize(file.getParent()).toString().replace('/', '.'))
                    .collect(Collectors.toSet());
        }
    }

    /** From the jar's manifest; before there is a jar, from the property that the manifest is made of. */
    private static String moduleName(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            try (JarFile jar = new JarFile(home.toFile())) {
                return jar.getManifest().getMainAttributes().getValue("Automatic-Module-Name");
            }
        }
        List<String> pom = Files.readAllLines(home.resolve("../../pom.xml").normalize());
        return pom.stream()
                .filter(line -> line.contains("<mesh.module.name>"))
                .map(line -> line.replaceAll("</?mesh.module.name>", "").strip())
                .findFirst()
                .orElse("");
    }
}

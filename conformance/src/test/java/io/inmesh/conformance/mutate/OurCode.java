package io.inmesh.conformance.mutate;

import io.inmesh.client.Mesh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;

/** The compiled classes that decide about calls, and changed copies of them. */
final class OurCode {

    private static final List<String> PACKAGES =
            List.of("match", "host", "balance", "resilience", "route", "pipeline", "adapter/okhttp");

    /** The called side, and what only people read. */
    private static final Pattern OTHERS = Pattern.compile(".*\\.(Inbound\\w*|Explain\\w*|Explanation|Reports)(\\$.*)?");

    private OurCode() {}

    /** The binary names of all classes in which mistakes are made. */
    static List<String> classes() {
        Path place = place();
        if (Files.isDirectory(place)) {
            return below(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return below(jar.getPath("/"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> below(Path root) {
        List<String> names = new ArrayList<>();
        for (String each : PACKAGES) {
            try (Stream<Path> files =
                    Files.walk(root.resolve("io/inmesh/client").resolve(each))) {
                files.map(file -> root.relativize(file).toString())
                        .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                        .map(file -> file.substring(0, file.length() - ".class".length())
                                .replace('/', '.'))
                        .filter(name -> !OTHERS.matcher(name).matches())
                        .sorted()
                        .forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return names;
    }

    static List<Point> points(String name) {
        List<Point> points = new ArrayList<>();
        new ClassReader(bytes(name)).accept(new PointVisitor(new ClassWriter(0), name, points::add, -1, -1), 0);
        return points;
    }

    /** The class with a probe at each place. */
    static byte[] probed(String name, int firstProbe) {
        return changed(name, firstProbe, -1);
    }

    /** The class with a mistake. */
    static byte[] mistaken(Point point) {
        return changed(point.type(), -1, point.index());
    }

    private static byte[] changed(String name, int firstProbe, int mistake) {
        ClassReader reader = new ClassReader(bytes(name));
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new PointVisitor(writer, name, point -> {}, firstProbe, mistake), 0);
        return writer.toByteArray();
    }

    static byte[] bytes(String name) {
        String file = "/" + name.replace('.', '/') + ".class";
        try (var in = Objects.requireNonNull(OurCode.class.getResourceAsStream(file), file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A folder, or a jar once the module is packaged. */
    private static Path place() {
        try {
            return Path.of(Mesh.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}

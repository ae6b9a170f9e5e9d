package io.inmesh.samples.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Where the built things are.
 *
 * @param root of the repository
 * @param version of the jars
 */
record Installation(Path root, String version) {

    static Installation fromSystemProperties() {
        return new Installation(
                Path.of(System.getProperty("demo.root", ".")).toAbsolutePath().normalize(),
                System.getProperty("demo.version", "0.1.0-SNAPSHOT"));
    }

    /** The executable jar of one of the bookshop's services. */
    Path service(String app) {
        return root.resolve("samples").resolve(app).resolve("target").resolve(app + "-" + version + "-exec.jar");
    }

    /** The policies as they stand in the repository. */
    Path policies() {
        return root.resolve("samples/demo/mesh");
    }

    /** What the control service and the demo itself run on. */
    String classPath() {
        return root.resolve("samples/demo/target/demo-" + version + ".jar") + java.io.File.pathSeparator
                + root.resolve("samples/demo/target/lib") + java.io.File.separator + "*";
    }

    boolean isComplete() {
        return Stream.of("storefront", "reviews", "ratings").allMatch(app -> Files.exists(service(app)));
    }
}

package io.inmesh.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A program of the test's class path in a JVM of its own, for what can happen only once in a process. It runs on the JDK that the
 * test runs on.
 *
 * @param exitCode 0 if it ended well
 * @param output standard output and error together
 */
public record ChildJvm(int exitCode, String output) {

    private static final long LIMIT_SECONDS = 60;

    /**
     * Runs a main class to its end.
     *
     * @param jvmArguments such as {@code -Dkey=value}
     * @throws IllegalStateException if it takes more than a minute
     */
    public static ChildJvm run(List<String> jvmArguments, Class<?> main, String... arguments) {
        return run(List.of(), jvmArguments, main, arguments);
    }

    /**
     * Runs a main class to its end.
     *
     * @param first jars before everything else on the class path, such as an application's own choice of a library
     * @param jvmArguments such as {@code -Dkey=value}
     * @throws IllegalStateException if it takes more than a minute
     */
    public static ChildJvm run(List<Path> first, List<String> jvmArguments, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArguments);
        command.add("-cp");
        command.add(Stream.concat(first.stream().map(Path::toString), Stream.of(classPath()))
                .collect(Collectors.joining(File.pathSeparator)));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("Still running: " + command + "\n" + output);
            }
            return new ChildJvm(process.exitValue(), output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted", e);
        }
    }

    /** The test's class path; Surefire hides it behind a jar that names it. */
    public static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}

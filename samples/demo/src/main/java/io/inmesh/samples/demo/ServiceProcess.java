package io.inmesh.samples.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process whose output goes to a file. */
record ServiceProcess(String name, Process process, Path log) implements AutoCloseable {

    private static final int GRACE_SECONDS = 5;

    // Eight JVMs share two cores for a short life: a small heap, one compiler, one collector thread.
    private static final List<String> SMALL = List.of(
            "-Xmx" + System.getProperty("demo.heap", "96m"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto");

    /** Starts a JVM of the same JDK as this one. */
    static ServiceProcess java(String name, Path logs, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL);
        command.addAll(arguments);
        Path log = logs.resolve(name + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ServiceProcess(name, process, log);
    }

    long pid() {
        return process.pid();
    }

    /**
     * Tells early that waiting is in vain.
     *
     * @throws IOException if the process has ended
     */
    void mustLive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException(name + " ended with " + process.exitValue() + ", see " + log);
        }
    }

    /** Ends it without a word, and waits until its ports are free. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

package io.inmesh.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What is done with a bookshop while it is open. */
@FunctionalInterface
interface Opened {

    /**
     * Measures.
     *
     * @param startNanos how long it took to open
     * @return whether everything held
     */
    boolean use(Bookshop bookshop, long startNanos) throws IOException, InterruptedException;

    /** Opens a bookshop in a new folder of its own, and closes it whatever happens, Ctrl-C included. */
    static boolean bookshop(String folder, Opened opened) throws IOException, InterruptedException {
        Installation installation = Installation.fromSystemProperties();
        Path runs = Files.createDirectories(installation.root().resolve("samples/demo/target/runs"));
        Path work = Files.createTempDirectory(runs, folder);
        Deque<AutoCloseable> running = new ConcurrentLinkedDeque<>();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> Closing.all(running), "stop"));
        long start = System.nanoTime();
        try {
            return opened.use(Bookshop.start(installation, work, running), System.nanoTime() - start);
        } finally {
            Closing.all(running);
        }
    }
}

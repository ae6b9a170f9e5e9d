package io.inmesh.benchmarks.process;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A main class of ours in a process of its own, spoken to in lines. Its standard error is this process'. */
public final class Child implements AutoCloseable {

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    /**
     * Starts it.
     *
     * @param main its {@code main} is found by name
     */
    public Child(List<String> options, String main, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        in = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** For whoever measures it. */
    public long pid() {
        return process.pid();
    }

    /** What it says next. */
    public String line() throws IOException {
        String line = out.readLine();
        if (line == null) {
            throw new IOException("the process has ended");
        }
        return line;
    }

    /** One line there, one back. */
    public String ask(String line) throws IOException {
        in.write(line + "\n");
        in.flush();
        return line();
    }

    @Override
    public void close() {
        process.destroy();
    }
}

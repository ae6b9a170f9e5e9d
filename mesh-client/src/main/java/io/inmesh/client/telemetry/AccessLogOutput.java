package io.inmesh.client.telemetry;

import io.inmesh.api.error.MeshConfigurationException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where lines go. Used by one thread at a time; closed by any. */
public interface AccessLogOutput extends AutoCloseable {

    /** Writes whole lines and flushes them. */
    void write(CharSequence lines) throws IOException;

    @Override
    default void close() {}

    /** A stream of the application's, such as standard output; it is not closed. */
    static AccessLogOutput to(PrintStream stream) {
        return lines -> {
            stream.append(lines);
            stream.flush();
        };
    }

    /**
     * The end of a file, which is made if it is not there.
     *
     * @throws MeshConfigurationException if it cannot be opened
     */
    static AccessLogOutput file(Path file) {
        try {
            return new OfWriter(Files.newBufferedWriter(
                    file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
        } catch (IOException e) {
            throw new MeshConfigurationException("The access log cannot be written to " + file + ": " + e, e);
        }
    }

    /** A writer that is ours. */
    record OfWriter(Writer writer) implements AccessLogOutput {

        @Override
        public void write(CharSequence lines) throws IOException {
            writer.append(lines);
            writer.flush();
        }

        @Override
        public void close() {
            try {
                writer.close();
            } catch (IOException e) {
                // Every batch was flushed; there is nothing left to lose.
                System.getLogger(AccessLogOutput.class.getName())
                        .log(System.Logger.Level.DEBUG, "closing the access log", e);
            }
        }
    }
}

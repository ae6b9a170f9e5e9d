package io.inmesh.control.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RootCommandTest {

    @TempDir
    Path state;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void eachStepSaysWhereItStandsAndWhatComesNext() {
        assertThat(run("status", "--state", state.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("STEADY", "O=cluster.local", "signs", "next   add");
        assertThat(run("add", "--state", state.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("ADDED", "next   sign-with-new");
        assertThat(run("sign-with-new", "--state", state.toString())).isZero();
        assertThat(run("remove-old", "--state", state.toString())).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines().filter(line -> line.startsWith("root")))
                .hasSize(1 + 2 + 2 + 1);
    }

    @Test
    void aStepOutOfOrderIsAFailureAndAWrongLineIsUsage() {
        assertThat(run("remove-old", "--state", state.toString())).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("no old root");
        assertThat(run("remove", "--state", state.toString())).isEqualTo(64);
        assertThat(run("status", "--state", state.resolve("none").toString())).isEqualTo(64);
        assertThat(run("status")).isEqualTo(64);
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "root";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return RootCommand.run(
                all,
                "usage\n",
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}

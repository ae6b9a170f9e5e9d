package io.inmesh.samples.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The control service.
 *
 * @param port of ADS and certificates
 * @param adminPort of debug pages
 * @param root PEM file with the roots of the mesh
 * @param state folder with the bootstrap tokens
 */
record ControlProcess(ServiceProcess process, int port, int adminPort, Path root, Path state) implements AutoCloseable {

    private static final String MAIN = "io.inmesh.control.app.ControlMain";
    private static final Pattern STARTED =
            Pattern.compile("inmesh control: secure=(\\d+) plaintext=\\S+ admin=(\\d+) root=(.+)");

    static ControlProcess start(Installation installation, PolicyFolder policies, Path work)
            throws IOException, InterruptedException {
        Path state = work.resolve("control");
        ServiceProcess process = ServiceProcess.java(
                "control",
                work,
                List.of(
                        "-cp",
                        installation.classPath(),
                        MAIN,
                        "--dev",
                        "--config",
                        policies.path().toString(),
                        "--state",
                        state.toString(),
                        "--port",
                        Integer.toString(Ports.preferably(15012)),
                        "--plaintext-port",
                        "-1",
                        "--admin-port",
                        Integer.toString(Ports.preferably(15014))));
        try {
            Matcher started = awaitStart(process);
            ControlProcess control = new ControlProcess(
                    process,
                    Integer.parseInt(started.group(1)),
                    Integer.parseInt(started.group(2)),
                    Path.of(started.group(3)),
                    state);
            for (String account : List.of("storefront", "reviews", "ratings", "operator")) {
                Patience.await("there is a token for " + account, () -> Files.exists(control.token(account)));
            }
            return control;
        } catch (IOException e) {
            process.close();
            throw e;
        }
    }

    private static Matcher awaitStart(ServiceProcess process) throws IOException, InterruptedException {
        Matcher[] started = new Matcher[1];
        Patience.await("the control service starts, see " + process.log(), () -> {
            process.mustLive();
            started[0] = STARTED.matcher(Files.readString(process.log()));
            return started[0].find();
        });
        return started[0];
    }

    /** The file with a service account's bootstrap token. */
    Path token(String serviceAccount) {
        return state.resolve("tokens")
                .resolve("bookshop")
                .resolve(serviceAccount)
                .resolve("token");
    }

    @Override
    public void close() {
        process.close();
    }
}

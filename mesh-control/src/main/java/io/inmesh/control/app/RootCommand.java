package io.inmesh.control.app;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.identity.TrustDomain;
import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.serve.ca.RootRotation;
import io.inmesh.control.serve.ca.RotationStatus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code root status|add|sign-with-new|remove-old}: the operator's steps from an old root to a new one, and where they stand. */
final class RootCommand {

    private RootCommand() {}

    /** The exit code: 64 for a wrong command line, 1 for a step that is not possible now. */
    static int run(String[] arguments, String usage, PrintStream out, PrintStream err) {
        if (arguments.length < 2) {
            err.print(usage);
            return 64;
        }
        Path state = null;
        TrustDomain trustDomain = new TrustDomain("cluster.local");
        for (int i = 2; i < arguments.length; i += 2) {
            String value = i + 1 < arguments.length ? arguments[i + 1] : "";
            switch (arguments[i]) {
                case "--state" -> state = Path.of(value);
                case "--trust-domain" -> trustDomain = new TrustDomain(value);
                default -> state = null;
            }
        }
        if (state == null || !Files.isDirectory(state)) {
            err.print("--state DIR of a control service is needed\n" + usage);
            return 64;
        }
        try {
            return step(arguments[1], new RootRotation(state, trustDomain, MeshClock.system()), out, err, usage);
        } catch (IOException | MeshConfigurationException e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private static int step(String name, RootRotation rotation, PrintStream out, PrintStream err, String usage)
            throws IOException {
        switch (name) {
            case "status" -> print(rotation.status(), out);
            case "add" -> print(rotation.add(), out);
            case "sign-with-new" -> print(rotation.signWithNew(), out);
            case "remove-old" -> print(rotation.removeOld(), out);
            default -> {
                err.print("no such step: " + name + "\n" + usage);
                return 64;
            }
        }
        return 0;
    }

    private static void print(RotationStatus status, PrintStream out) {
        out.println("step   " + status.step() + " since " + status.since());
        for (RotationStatus.Root root : status.roots()) {
            boolean signs = root.equals(status.roots().get(0));
            out.println("root   " + root.subject() + "  until " + root.notAfter() + "  sha256 "
                    + root.fingerprint().substring(0, 16) + (signs ? "  signs" : ""));
        }
        out.println("next   "
                + switch (status.step()) {
                    case STEADY -> "add: trust a new root as well";
                    case ADDED ->
                        "sign-with-new, when every workload has renewed its certificate (half of its life, or seconds"
                                + " where the roots are mounted)";
                    case SIGNING_WITH_NEW -> "remove-old, when every certificate of the old root has run out";
                });
    }
}

package io.inmesh.control.app;

import io.inmesh.api.error.MeshConfigurationException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** {@code java -jar}: reads flags, runs until SIGTERM. Exit code 64 for a wrong flag, 1 for a failed start. */
public final class ControlMain {

    private static final String USAGE = """
            Usage: (--config DIR | --kubernetes [--kubeconfig FILE]) --state DIR [--dev] [--trust-domain NAME] [--root-namespace NAME] [--registry-only]
                   [--port N (15012, ADS and certificates)] [--plaintext-port N (with --dev only; 15010)]
                   [--admin-port N (15014, debug pages and metrics)]
                   [--cacerts DIR (an intermediate authority: ca-cert.pem, ca-key.pem, cert-chain.pem, root-cert.pem)]
                   [--ca-secret NAME (inmesh-ca)] [--root-config-map NAME (inmesh-ca-root-cert)] [--identity POD] [--server-names NAME,NAME]
                   [--max-certificate-life SECONDS (7776000)] [--certificate-life SECONDS (86400)]
                   root status|add|sign-with-new|remove-old --state DIR [--trust-domain NAME]
            A port of 0 is a free one, of -1 is none.
            'root' rotates the mesh's own root in steps; a service that runs on DIR takes each step over by itself.
            """;

    private ControlMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        System.exit(run(arguments, System.out, System.err));
    }

    private static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
        if (arguments.length > 0 && arguments[0].equals("root")) {
            return RootCommand.run(arguments, USAGE, out, err);
        }
        ControlServiceBuilder builder = ControlService.builder();
        try {
            read(arguments, builder);
        } catch (IllegalArgumentException wrong) {
            err.println(wrong.getMessage());
            err.print(USAGE);
            return 64;
        }
        try (ControlService service = builder.start()) {
            out.println("inmesh control: secure=" + service.securePort() + " plaintext=" + service.plaintextPort()
                    + " admin=" + service.adminPort() + " root=" + service.rootFile());
            service.runUntilShutdown();
        } catch (IOException | IllegalStateException | MeshConfigurationException failed) {
            err.println("cannot start: " + failed.getMessage());
            return 1;
        }
        return 0;
    }

    /** Takes {@code --flag value} and {@code --flag=value}. */
    static void read(String[] written, ControlServiceBuilder builder) {
        String[] arguments = Stream.of(written)
                .flatMap(each -> each.startsWith("--") ? Stream.of(each.split("=", 2)) : Stream.of(each))
                .toArray(String[]::new);
        for (int i = 0; i < arguments.length; i++) {
            String flag = arguments[i];
            if (flag.equals("--dev")) {
                builder.development(true).plaintextPort(builder.plaintextPort < 0 ? 15_010 : builder.plaintextPort);
            } else if (flag.equals("--kubernetes")) {
                builder.kubernetes();
            } else if (flag.equals("--registry-only")) {
                builder.allowAny(false);
            } else if (i + 1 < arguments.length) {
                readValue(flag, arguments[++i], builder);
            } else {
                throw new IllegalArgumentException("unknown flag or missing value: " + flag);
            }
        }
        if ((builder.config == null) != builder.kubernetes || builder.state == null) {
            throw new IllegalArgumentException("--state is required, and either --config or --kubernetes");
        }
    }

    private static void readValue(String flag, String value, ControlServiceBuilder builder) {
        switch (flag) {
            case "--config" -> builder.config(Path.of(value));
            case "--kubeconfig" -> builder.kubernetes(Path.of(value));
            case "--state" -> builder.state(Path.of(value));
            case "--trust-domain" -> builder.trustDomain(value);
            case "--root-namespace" -> builder.rootNamespace(value);
            case "--ca-secret" -> builder.caSecret(value);
            case "--root-config-map" -> builder.rootConfigMap(value);
            case "--identity" -> builder.identity(value);
            case "--server-names" -> builder.serverNames(List.of(value.split(",")));
            case "--cacerts" -> builder.pluggedInAuthority(Path.of(value));
            case "--certificate-life" -> builder.certificateLife(seconds(value), builder.lifetimes.longest());
            case "--max-certificate-life" -> builder.certificateLife(builder.lifetimes.standard(), seconds(value));
            case "--port" -> builder.securePort(port(value));
            case "--plaintext-port" -> builder.plaintextPort(port(value));
            case "--admin-port" -> builder.adminPort(port(value));
            default -> throw new IllegalArgumentException("unknown flag: " + flag);
        }
    }

    private static Duration seconds(String value) {
        if (!value.matches("[1-9][0-9]{0,6}")) {
            throw new IllegalArgumentException("not a number of seconds: " + value);
        }
        return Duration.ofSeconds(Long.parseLong(value));
    }

    private static int port(String value) {
        if (!value.matches("-1|[0-9]{1,5}") || Integer.parseInt(value) > 65_535) {
            throw new IllegalArgumentException("not a port: " + value);
        }
        return Integer.parseInt(value);
    }
}

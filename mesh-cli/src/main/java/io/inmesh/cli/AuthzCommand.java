package io.inmesh.cli;

import io.inmesh.api.http.WrittenRequest;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.client.authz.InboundConnection;
import io.inmesh.client.authz.PeerCertificate;
import io.inmesh.client.pipeline.InboundDecision;
import io.inmesh.client.pipeline.InboundOpening;
import io.inmesh.control.app.OfflineControl;
import io.inmesh.control.state.Proxy;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Whether a call would be let in. */
@Command(
        name = "authz",
        mixinStandardHelpOptions = true,
        description = "Authorization.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = AuthzCommand.Check.class)
final class AuthzCommand {

    private AuthzCommand() {}

    /** One request, judged by the policies of the workload that it is for. */
    @Command(
            name = "check",
            mixinStandardHelpOptions = true,
            description = {
                "Says whether a request is let in, and by which policy and rule it is not:",
                "meshctl authz check GET /orders --to shop/orders --port 8080 --principal cluster.local/ns/shop/sa/web -f mesh.yaml"
            })
    static final class Check implements Callable<Integer> {

        private static final List<String> ISTIO_ALPN = List.of("istio-http/1.1", "istio", "http/1.1");
        private static final int ANY_PORT = 40_000;

        @Parameters(index = "0", paramLabel = "METHOD", description = "Such as GET.")
        private String method = "";

        @Parameters(index = "1", paramLabel = "PATH", description = "Path and query.")
        private String path = "";

        @Option(
                names = "--to",
                required = true,
                paramLabel = "NS/WORKLOAD",
                converter = WorkloadName.Converter.class,
                description = "Who is called.")
        private WorkloadName called = new WorkloadName("", "");

        @Option(names = "--port", required = true, description = "The port that the workload listens on.")
        private int port;

        @Option(
                names = "--principal",
                paramLabel = "TD/ns/NS/sa/SA",
                description = "Who calls, by mutual TLS; without it the call is plaintext.")
        private Optional<String> principal = Optional.empty();

        @Option(names = "--ip", paramLabel = "ADDRESS", description = "Where the call comes from.")
        private String address = "192.0.2.2";

        @Option(
                names = {"-H", "--header"},
                paramLabel = "NAME:VALUE",
                description = "A header of the request; may be given more than once.")
        private List<String> headers = List.of();

        @Mixin
        private ConfigOptions config = new ConfigOptions();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() throws IOException {
            OfflineControl control =
                    OfflineControl.of(config.complete(spec.commandLine().getErr()));
            Proxy workload = control.workload(called.namespace(), called.name());
            OfflineClient server = new OfflineClient(control.resources(workload));
            PrintWriter out = spec.commandLine().getOut();
            InboundConnection connection = connection();
            if (server.open(connection) instanceof InboundOpening.Refused refused) {
                out.println("DENIED   the connection is refused: " + refused.reason());
                return ExitCode.OK;
            }
            print(server.decide(identified(connection, workload), request()), out);
            return ExitCode.OK;
        }

        private InboundConnection connection() {
            InetSocketAddress local = new InetSocketAddress("192.0.2.1", port);
            InetSocketAddress remote = new InetSocketAddress(address, ANY_PORT);
            return principal.isPresent()
                    ? InboundConnection.tls(local, remote, null, ISTIO_ALPN)
                    : InboundConnection.plaintext(local, remote, List.of("http/1.1"));
        }

        private InboundConnection identified(InboundConnection connection, Proxy workload) {
            if (principal.isEmpty()) {
                return connection;
            }
            try {
                String uri = principal.get().startsWith("spiffe://") ? principal.get() : "spiffe://" + principal.get();
                SpiffeId caller = SpiffeId.parse(uri);
                String own = "spiffe://" + caller.trustDomain() + "/ns/" + workload.namespace() + "/sa/"
                        + workload.serviceAccount();
                return connection.withPeer(new PeerCertificate(List.of(caller.uri()), List.of(), "", ""), own);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), "--principal: " + e.getMessage());
            }
        }

        private WrittenRequest request() {
            try {
                return new WrittenRequest(
                        method.toUpperCase(Locale.ROOT),
                        "http",
                        called.name() + "." + called.namespace(),
                        path,
                        WrittenRequest.headers(headers));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
            }
        }

        private static void print(InboundDecision decision, PrintWriter out) {
            if (decision instanceof InboundDecision.Proceed let) {
                out.println("ALLOWED");
                let.reports().forEach(report -> out.println("   " + report));
            } else if (decision instanceof InboundDecision.Reply reply) {
                out.println("DENIED   " + reply.reply().status() + " by "
                        + reply.denial().policy() + " (" + reply.denial().filter() + ")");
                out.println("   " + reply.denial().reason());
            } else if (decision instanceof InboundDecision.Close close) {
                out.println("DENIED   the connection is closed: " + close.reason());
            }
        }
    }
}

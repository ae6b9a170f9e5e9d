package io.inmesh.cli;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Who is connected to the control service, and whether each has what was sent last. */
@Command(
        name = "proxy-status",
        aliases = "ps",
        mixinStandardHelpOptions = true,
        description = "Shows who is connected to the control service: meshctl proxy-status --control localhost:15014")
final class ProxyStatusCommand implements Callable<Integer> {

    private static final List<String> TYPES = List.of("CDS", "EDS", "LDS", "RDS", "SDS");

    @Option(
            names = "--control",
            paramLabel = "HOST:PORT",
            required = true,
            converter = LiveAddress.Converter.class,
            description = "The debug port of the control service.")
    private LiveAddress control = new LiveAddress("", 0);

    @Option(
            names = {"-v", "--verbose"},
            description =
                    "The state of each type: SYNCED, STALE, REJECTED, NOT SENT or IGNORED; and why it was rejected.")
    private boolean verbose;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        String json = control.read("/debug/adsz", Map.of());
        List<YamlNode> read =
                YamlReader.documents(control.toString(), json.getBytes(StandardCharsets.UTF_8), YamlLimits.DEFAULT);
        if (read.size() != 1 || !(read.get(0) instanceof YamlNode.Mapping answer)) {
            throw new InvalidResourceException(new Origin(control.toString(), 1), "", "is no answer of /debug/adsz");
        }
        PrintWriter out = spec.commandLine().getOut();
        out.print(verbose ? states(answer) : subscriptions(answer));
        rejections(answer, spec.commandLine().getErr());
        out.flush();
        return ExitCode.OK;
    }

    private static TextTable subscriptions(YamlNode.Mapping answer) {
        TextTable table = new TextTable("NAME", "CLUSTER", "ISTIOD", "VERSION", "SUBSCRIBED TYPES");
        for (YamlNode.Mapping client : answer.objects("connected")) {
            List<String> types = new ArrayList<>();
            TYPES.stream().filter(type -> client.object("types").has(type)).forEach(types::add);
            table.row(
                    name(client),
                    "Kubernetes",
                    "inmesh",
                    DumpTables.orDash(client.text("version")),
                    types.size() + " (" + String.join(",", types) + ")");
        }
        return table.sorted();
    }

    private static TextTable states(YamlNode.Mapping answer) {
        List<String> header = new ArrayList<>(List.of("NAME", "CLUSTER"));
        header.addAll(TYPES);
        header.addAll(List.of("ISTIOD", "VERSION"));
        TextTable table = new TextTable(header.toArray(String[]::new));
        for (YamlNode.Mapping client : answer.objects("connected")) {
            List<String> row = new ArrayList<>(List.of(name(client), "Kubernetes"));
            TYPES.forEach(type -> row.add(state(client.object("types"), type)));
            row.addAll(List.of("inmesh", DumpTables.orDash(client.text("version"))));
            table.row(row.toArray(String[]::new));
        }
        return table.sorted();
    }

    private static String state(YamlNode.Mapping types, String type) {
        if (!types.has(type)) {
            return "IGNORED";
        }
        YamlNode.Mapping subscription = types.object(type);
        if (!subscription.text("rejection").isEmpty()) {
            return "REJECTED";
        } else if (subscription.text("sent").isEmpty()) {
            return "NOT SENT";
        }
        return subscription.text("sent").equals(subscription.text("acknowledged")) ? "SYNCED" : "STALE";
    }

    private static void rejections(YamlNode.Mapping answer, PrintWriter err) {
        for (YamlNode.Mapping client : answer.objects("connected")) {
            for (String type : TYPES) {
                String rejection = client.object("types").object(type).text("rejection");
                if (!rejection.isEmpty()) {
                    err.println(name(client) + " rejected " + type + ": " + rejection);
                }
            }
        }
    }

    /** Istio's names of proxies are {@code kind~address~name.namespace~domain}. */
    private static String name(YamlNode.Mapping client) {
        String[] parts = client.text("proxy").split("~", -1);
        return parts.length == 4 ? parts[2] : client.text("proxy");
    }
}

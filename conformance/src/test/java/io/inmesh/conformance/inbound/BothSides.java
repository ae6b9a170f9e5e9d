package io.inmesh.conformance.inbound;

import io.inmesh.testkit.EnvoyProcess;
import io.inmesh.testkit.PemFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A real Envoy and our servers, the same callers in front of all. One scenario at a time. */
final class BothSides implements AutoCloseable {

    private final Certificates certificates = new Certificates();
    private final Placeholders placeholders = new Placeholders();
    private final RawCaller caller = new RawCaller(certificates, placeholders);
    private final OurSide tomcat = new TomcatSide(certificates.own());
    private final List<OurSide> servers = List.of(tomcat, new JettySide(certificates.own()));
    private final ApplicationBehindEnvoy application = new ApplicationBehindEnvoy();

    List<InboundScenario> scenarios() {
        return InboundScenario.all(placeholders);
    }

    /** Envoy's answers to a scenario's rows. */
    List<InboundAnswer> envoy(InboundScenario scenario) {
        int port = freePort();
        try (EnvoyProcess envoy = EnvoyProcess.start(ListenerTree.bootstrap(
                scenario.listener(),
                port,
                PemFiles.write(certificates.own(), Files.createTempDirectory("inmesh-keys")),
                application.port()))) {
            return answers(scenario, port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ours, by the server's name. */
    Map<String, List<InboundAnswer>> ours(InboundScenario scenario) {
        Map<String, List<InboundAnswer>> ours = new TreeMap<>();
        for (OurSide server : servers) {
            publish(scenario.listener(), server);
            ours.put(server.name(), answers(scenario, server.port()));
        }
        return ours;
    }

    /** Mistakes in listeners are tried on one server: what they change is judged before any server plays a part. */
    List<InboundAnswer> onOne(InboundScenario scenario) {
        publish(scenario.listener());
        return answers(scenario, tomcat.port());
    }

    void publish(Map<String, Object> listener) {
        publish(listener, tomcat);
    }

    InboundAnswer onOne(InboundRow row) {
        return caller.call(row, tomcat.port());
    }

    private static void publish(Map<String, Object> listener, OurSide server) {
        server.publish(InboundProtos.decode(ListenerTree.on(server.port(), listener)));
    }

    private List<InboundAnswer> answers(InboundScenario scenario, int port) {
        List<InboundAnswer> answers = new ArrayList<>();
        scenario.rows().forEach(row -> answers.add(caller.call(row, port)));
        return answers;
    }

    /** A filter chain names its port, so that Envoy cannot choose one. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where a challenge or a policy names the port, it is each side's own. */
    static String compared(InboundRow row, InboundAnswer answer) {
        return answer.compared(row.seen());
    }

    @Override
    public void close() {
        servers.forEach(OurSide::close);
        application.close();
    }
}

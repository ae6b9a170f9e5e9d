package io.inmesh.benchmarks.push;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Resource;
import io.inmesh.control.push.AutoRegistration;
import io.inmesh.control.push.Hub;
import io.inmesh.control.push.PushCounts;
import io.inmesh.control.serve.AdsService;
import io.inmesh.control.serve.DebugPages;
import io.inmesh.control.serve.GrpcPort;
import io.inmesh.control.state.MeshSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The control service's state, push and ADS in a process of its own; changes come by standard input, one a line. */
final class PushServer {

    private PushServer() {}

    public static void main(String[] args) throws IOException {
        ExecutorService executor = Executors.newFixedThreadPool(4);
        Hub hub = new Hub(MeshSettings.DEFAULT, MeshClock.system(), executor);
        AutoRegistration registration = new AutoRegistration(MeshClock.system(), Optional.empty(), () -> {});
        List<Resource> world = World.of(Integer.parseInt(args[0]));
        hub.push(context -> context.replace(world));
        AdsService ads = new AdsService(
                hub,
                registration,
                MeshSettings.DEFAULT,
                (namespace, name) -> Optional.empty(),
                new DebugPages(() -> ConfigSnapshot.EMPTY, hub),
                false);
        try (GrpcPort port = GrpcPort.plaintext(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), List.of(ads), executor);
                BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("port " + port.port());
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                System.out.println(answer(hub, line.split(" ")));
            }
        }
        executor.shutdownNow();
    }

    private static String answer(Hub hub, String[] command) {
        if (command[0].equals("stats")) {
            return stats(hub.counts());
        } else if (command[0].equals("heap")) {
            System.gc();
            return "heap "
                    + ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
        int service = Integer.parseInt(command[1]);
        int round = Integer.parseInt(command[2]);
        Resource changed =
                command[0].equals("endpoint") ? World.endpoints(service, round) : World.route(service, round);
        long begin = System.nanoTime();
        hub.push(context -> context.change(Map.of(changed.meta().id(), changed), List.of()));
        return "changed " + begin;
    }

    private static String stats(PushCounts counts) {
        long cpu = ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
        return "stats " + cpu + " " + counts.answers() + " " + counts.bytes() + " " + counts.resources() + " "
                + counts.computations();
    }
}

package io.inmesh.benchmarks.push;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BooleanSupplier;

/**
 * What one changed endpoint and one edited VirtualService cost the control service: CPU of its process, messages, bytes, and the time from the
 * change until the last client that it interests has acknowledged it; for clients that hold everything and for clients that hold what
 * they call. The debounce of 10 ms is not in the times, since changes are made one after the other.
 */
final class PushReport {

    private static final int CALLED = 100;
    private static final int CALLS_PER_CLIENT = 10;

    private final Process process;
    private final BufferedReader out;
    private final PrintWriter in;
    private final List<Client> clients = new ArrayList<>();

    private PushReport(int services) throws IOException {
        process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-Xmx3g",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PushServer.class.getName(),
                        Integer.toString(services))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        out = process.inputReader(StandardCharsets.UTF_8);
        in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /** One line of the table. */
    private record Row(
            String name,
            int services,
            int streams,
            double cpuMillis,
            double messages,
            double bytes,
            double p50,
            double p99) {

        String text() {
            return String.format(
                    Locale.ROOT,
                    "%-24s %6d services %5d streams: %8.2f ms CPU %7.0f messages %12.0f bytes   p50 %7.1f ms p99 %7.1f ms",
                    name,
                    services,
                    streams,
                    cpuMillis,
                    messages,
                    bytes,
                    p50,
                    p99);
        }
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        List<Row> rows = new ArrayList<>();
        for (int[] size : new int[][] {{1_000, 100}, {1_000, 1_000}, {10_000, 100}}) {
            rows.addAll(measure(size[0], size[1], true));
            if (size[0] * (long) size[1] <= 1_000_000) {
                rows.addAll(measure(size[0], size[1], false));
            }
        }
        double small = rows.get(0).cpuMillis();
        double large = rows.stream()
                .filter(row -> row.services() == 10_000 && row.name().equals("on demand, endpoint"))
                .findFirst()
                .orElseThrow()
                .cpuMillis();
        System.out.printf(
                Locale.ROOT,
                "{\"name\":\"push\",\"ratio\":%.2f,\"limit\":1.20,\"unit\":\"CPU per change, 10,000 services to 1,000\",\"ok\":%b}%n",
                large / small,
                large / small <= 1.2);
    }

    private static List<Row> measure(int services, int streams, boolean onDemand)
            throws IOException, InterruptedException {
        PushReport report = new PushReport(services);
        try {
            report.connect(streams, onDemand);
            String kind = onDemand ? "on demand" : "full";
            boolean heavy = !onDemand && (long) services * streams > 200_000;
            List<Row> rows = List.of(
                    report.changes(kind + ", endpoint", "endpoint", services, streams, heavy ? 20 : 200),
                    report.changes(
                            kind + ", VirtualService", "route", services, streams, heavy ? 5 : onDemand ? 200 : 20));
            rows.forEach(row -> System.out.println(row.text()));
            System.out.printf(Locale.ROOT, "%-24s heap %d MB%n", kind, report.ask("heap")[0] >> 20);
            return rows;
        } finally {
            report.clients.forEach(Client::close);
            report.process.destroy();
        }
    }

    private void connect(int streams, boolean onDemand) throws IOException, InterruptedException {
        int port = (int) Long.parseLong(out.readLine().split(" ", -1)[1]);
        for (int i = 0; i < streams; i++) {
            List<Integer> calls = new ArrayList<>();
            for (int call = 0; onDemand && call < CALLS_PER_CLIENT; call++) {
                calls.add((i + call * (CALLED / CALLS_PER_CLIENT)) % CALLED);
            }
            clients.add(new Client(port, i, calls));
        }
        int last = CALLED - 1;
        String name = "EDS outbound|80||" + World.host(last);
        await(() -> clients.stream().allMatch(client -> client.received >= 3)
                && clients.stream().anyMatch(client -> client.seen(name) > 0));
        Thread.sleep(1_000);
    }

    private Row changes(String name, String kind, int services, int streams, int count)
            throws IOException, InterruptedException {
        run(kind, 1, count / 4 + 2);
        long[] before = stats();
        double[] millis = run(kind, 60, count);
        Thread.sleep(50);
        long[] after = stats();
        Arrays.sort(millis);
        return new Row(
                name,
                services,
                streams,
                (after[0] - before[0]) / 1e6 / count,
                (after[1] - before[1]) / (double) count,
                (after[2] - before[2]) / (double) count,
                millis[count / 2],
                millis[Math.min(count - 1, count * 99 / 100)]);
    }

    private double[] run(String kind, int firstRound, int count) throws IOException, InterruptedException {
        double[] millis = new double[count];
        for (int i = 0; i < count; i++) {
            int service = i % CALLED;
            String host = World.host(service);
            String changed = kind.equals("endpoint") ? "EDS outbound|80||" + host : "80/" + host;
            List<Client> interested =
                    clients.stream().filter(client -> client.seen(changed) > 0).toList();
            // A client that holds everything sees the whole table of the port.
            String awaited = interested.isEmpty() ? "80" : changed;
            List<Client> told = interested.isEmpty() ? clients : interested;
            int[] seen = told.stream().mapToInt(client -> client.seen(awaited)).toArray();
            in.println(kind + " " + service + " " + (firstRound + i));
            long begin = Long.parseLong(out.readLine().split(" ", -1)[1]);
            await(() -> {
                for (int c = 0; c < seen.length; c++) {
                    if (told.get(c).seen(awaited) <= seen[c]) {
                        return false;
                    }
                }
                return true;
            });
            long end = told.stream().mapToLong(client -> client.lastNanos).max().orElse(begin);
            millis[i] = (end - begin) / 1e6;
        }
        return millis;
    }

    private long[] stats() throws IOException {
        return ask("stats");
    }

    private long[] ask(String command) throws IOException {
        in.println(command);
        String[] words = out.readLine().split(" ", -1);
        return Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray();
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long limit = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > limit) {
                throw new IllegalStateException("clients were not told in time: the run is void");
            }
            Thread.sleep(0, 200_000);
        }
    }
}

package io.inmesh.benchmarks.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.HdrHistogram.Histogram;

/**
 * Calls of one way: at even distances with latency counted from the moment a call was due, or one after the other as fast as they go.
 *
 * @param rate calls a second; 0 for as many as go
 * @param connections also threads
 */
record Load(String url, int rate, int seconds, int connections) {

    private static final long NANOS = 1_000_000_000;
    private static final long LONGEST = 60 * NANOS;

    static Load parse(String[] words) {
        return new Load(words[0], Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
    }

    String command(Way way) {
        return way + " " + url + " " + rate + " " + seconds + " " + connections;
    }

    /**
     * What came of it.
     *
     * @param achieved calls a second
     */
    record Result(long calls, long failed, double achieved, double p50Micros, double p90Micros) {

        String line() {
            return calls + " " + failed + " " + achieved + " " + p50Micros + " " + p90Micros;
        }

        static Result parse(String line) {
            String[] words = line.split(" ", -1);
            return new Result(
                    Long.parseLong(words[0]),
                    Long.parseLong(words[1]),
                    Double.parseDouble(words[2]),
                    Double.parseDouble(words[3]),
                    Double.parseDouble(words[4]));
        }
    }

    Result run(OkHttpClient client) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(connections);
        long begin = System.nanoTime();
        AtomicLong next = new AtomicLong();
        AtomicLong failed = new AtomicLong();
        Callable<Histogram> thread = () -> thread(client, begin, next, failed);
        List<Callable<Histogram>> all = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            all.add(thread);
        }
        Histogram latencies = new Histogram(LONGEST, 3);
        for (Future<Histogram> part : threads.invokeAll(all)) {
            latencies.add(part.get());
        }
        double took = (double) (System.nanoTime() - begin) / NANOS;
        threads.shutdown();
        return new Result(
                latencies.getTotalCount(),
                failed.get(),
                latencies.getTotalCount() / took,
                latencies.getValueAtPercentile(50) / 1000.0,
                latencies.getValueAtPercentile(90) / 1000.0);
    }

    private Histogram thread(OkHttpClient client, long begin, AtomicLong next, AtomicLong failed) {
        Request request = new Request.Builder().url(url).build();
        Histogram latencies = new Histogram(LONGEST, 3);
        long end = begin + seconds * NANOS;
        while (true) {
            long due = rate == 0 ? System.nanoTime() : begin + next.getAndIncrement() * NANOS / rate;
            if (due - end >= 0) {
                return latencies;
            }
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            if (!answered(client, request)) {
                failed.incrementAndGet();
            }
            latencies.recordValue(Math.min(LONGEST, System.nanoTime() - due));
        }
    }

    private static boolean answered(OkHttpClient client, Request request) {
        try (Response response = client.newCall(request).execute()) {
            return response.body().bytes().length == 1024 && response.code() == 200;
        } catch (IOException e) {
            System.err.println(request.url() + ": " + e);
            return false;
        }
    }
}

package io.inmesh.benchmarks.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processor time and memory of processes, as Linux counts them. */
public final class Processes {

    /** {@code USER_HZ}, which is 100 on every architecture that a JDK runs on. */
    private static final double TICK_MICROS = 10_000;

    private Processes() {}

    /** User and system time so far, in microseconds, in steps of ten milliseconds. */
    public static double cpuMicros(List<Long> pids) throws IOException {
        double sum = 0;
        for (long pid : pids) {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            sum += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * TICK_MICROS;
        }
        return sum;
    }

    /** What of it is in memory, in bytes. */
    public static long residentBytes(long pid) throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
            }
        }
        throw new IOException("no VmRSS for process " + pid);
    }
}

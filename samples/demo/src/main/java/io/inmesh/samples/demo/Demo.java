package io.inmesh.samples.demo;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** {@code ./demo}: starts the bookshop, measures, prints. Exits with 0 only if every line held. */
public final class Demo {

    private static final int SOAK_SECONDS = 60;

    private Demo() {}

    /** With {@code --once} it ends after one measurement, with {@code --soak [SECONDS]} it kills processes; else it runs until it is stopped. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        List<String> words = List.of(arguments);
        int soak = words.indexOf("--soak");
        boolean held = soak < 0 ? run(words.contains("--once")) : Soak.run(seconds(words, soak + 1));
        System.exit(held ? 0 : 1);
    }

    private static int seconds(List<String> words, int index) {
        return index < words.size() ? Integer.parseInt(words.get(index)) : SOAK_SECONDS;
    }

    private static boolean run(boolean once) throws IOException, InterruptedException {
        return Opened.bookshop("run-", (bookshop, startNanos) -> {
            Guide.printProcesses(bookshop, startNanos);
            try (Load load = new Load(bookshop.shopper()).start()) {
                boolean held = measure(bookshop, load);
                Guide.printCommands(bookshop);
                if (!once) {
                    System.out.println("Running until Ctrl-C.");
                    new CountDownLatch(1).await();
                }
                return held;
            }
        });
    }

    private static boolean measure(Bookshop bookshop, Load load) throws IOException, InterruptedException {
        boolean all = true;
        for (Fact fact : Facts.of(bookshop)) {
            Line line = load.measure(fact);
            System.out.println(line);
            all &= line.holds();
        }
        return all;
    }
}

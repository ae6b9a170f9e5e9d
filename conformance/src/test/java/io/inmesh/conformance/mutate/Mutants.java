package io.inmesh.conformance.mutate;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.side.Side;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Copies of our code, with probes in it or with a mistake. Thread-safe once made. */
public final class Mutants {

    private final List<Point> points = new ArrayList<>();
    private final Map<String, byte[]> probed = new HashMap<>();

    private Mutants() {}

    /** Finds every place where a mistake can be made. */
    public static Mutants find() {
        Mutants mutants = new Mutants();
        for (String name : OurCode.classes()) {
            List<Point> ofClass = OurCode.points(name);
            if (!ofClass.isEmpty()) {
                mutants.probed.put(name, OurCode.probed(name, mutants.points.size()));
                mutants.points.addAll(ofClass);
            }
        }
        return mutants;
    }

    /** All places; a probe's number is the place's in this list. */
    public List<Point> points() {
        return List.copyOf(points);
    }

    /** Without a mistake, but it says where it goes. */
    public Copy probed() {
        return new Copy(new MutantLoader(probed));
    }

    /** With one mistake. */
    public Copy mistaken(Point point) {
        return new Copy(new MutantLoader(Map.of(point.type(), OurCode.mistaken(point))));
    }

    /** Our code, loaded once more. */
    public static final class Copy {

        private final MutantLoader loader;

        private Copy(MutantLoader loader) {
            this.loader = loader;
        }

        /**
         * Our side, made of this copy.
         *
         * @param okHttp below an OkHttpClient; else over bare sockets
         */
        public Side side(boolean okHttp, Configuration configuration, EchoServers upstreams, RandomGenerator chance) {
            try {
                return loader.side(okHttp ? "okHttp" : "bare", configuration, upstreams, chance);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }

        /**
         * The numbers of the places that this copy went through since the last time.
         *
         * @param timers whether those that timers went through are among them
         */
        public BitSet visited(boolean timers) {
            try {
                return loader.hit(timers);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}

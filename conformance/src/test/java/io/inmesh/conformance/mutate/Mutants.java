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

/** Our side made of our code with probes in it, or with a mistake. Not thread-safe. */
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

    /** Without a mistake, but it says where it went. */
    public Side probed(Configuration configuration, EchoServers upstreams, RandomGenerator chance) {
        return loaded(probed, configuration, upstreams, chance);
    }

    /** With one mistake. */
    public Side mistaken(Point point, Configuration configuration, EchoServers upstreams, RandomGenerator chance) {
        return loaded(Map.of(point.type(), OurCode.mistaken(point)), configuration, upstreams, chance);
    }

    /** Where the probed side went since the last time. */
    public List<Point> visited() {
        BitSet hit = Probes.drain();
        return hit.stream().mapToObj(points::get).toList();
    }

    private static Side loaded(
            Map<String, byte[]> changed, Configuration configuration, EchoServers upstreams, RandomGenerator chance) {
        try {
            return new MutantLoader(changed).bare(configuration, upstreams, chance);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}

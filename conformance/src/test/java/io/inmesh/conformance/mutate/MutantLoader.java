package io.inmesh.conformance.mutate;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.side.Answer;
import io.inmesh.conformance.side.InmeshSide;
import io.inmesh.conformance.side.Side;
import java.util.BitSet;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Loads our code a second time, some classes of it changed, with our side of the rows on top. */
final class MutantLoader extends ClassLoader {

    private static final Set<String> SHARED = Set.of(Side.class.getName(), Answer.class.getName());

    private final Map<String, byte[]> changed;

    /**
     * Loads when asked.
     *
     * @param changed class files by binary name; all others are as they are
     */
    MutantLoader(Map<String, byte[]> changed) {
        super(MutantLoader.class.getClassLoader());
        this.changed = changed;
    }

    /**
     * The probes of this loader's classes that were hit since the last time.
     *
     * @param timers whether those that timers hit are among them
     */
    BitSet hit(boolean timers) throws ReflectiveOperationException {
        return (BitSet) loadClass(Probes.class.getName())
                .getMethod("drain", boolean.class)
                .invoke(null, timers);
    }

    /**
     * Our side, made of this loader's classes.
     *
     * @param factory the method of {@link InmeshSide} that makes it
     */
    Side side(String factory, Configuration configuration, EchoServers upstreams, RandomGenerator chance)
            throws ReflectiveOperationException {
        return (Side) loadClass(InmeshSide.class.getName())
                .getMethod(factory, Configuration.class, EchoServers.class, RandomGenerator.class)
                .invoke(null, configuration, upstreams, chance);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            if (loaded == null && own(name)) {
                byte[] bytes = changed.getOrDefault(name, OurCode.bytes(name));
                loaded = defineClass(name, bytes, 0, bytes.length);
            }
            return loaded == null ? super.loadClass(name, resolve) : loaded;
        }
    }

    /** What decodes is shared: no mistake is made there, and it need not be loaded and warmed up anew. */
    private static boolean own(String name) {
        return name.startsWith("io.inmesh.client.")
                || name.equals(Probes.class.getName())
                || (name.startsWith("io.inmesh.conformance.side.") && !SHARED.contains(name));
    }
}

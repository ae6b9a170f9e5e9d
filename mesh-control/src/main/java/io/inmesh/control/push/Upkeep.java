package io.inmesh.control.push;

import io.inmesh.control.state.graph.Derived;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps the table of one scope equal to the computed values that it is made of. Under the hub's lock. */
final class Upkeep {

    private final Table table = new Table();
    private final Keeping keeping;
    private final List<Runnable> undo = new ArrayList<>();
    private final Map<String, List<Feed>> demanded = new HashMap<>();
    private @Nullable Function<String, List<Source>> supply;

    /** A computed list of resources of one type. */
    record Source(XdsType type, Derived<List<EncodedResource>> value) {}

    Upkeep(Keeping keeping) {
        this.keeping = keeping;
    }

    Table table() {
        return table;
    }

    void follow(Source source) {
        Feed feed = new Feed(source);
        feed.open();
        undo.add(feed::close);
    }

    /** Follows the sources of every key that is in a computed list now. */
    <K> void followEach(Derived<? extends Collection<K>> keys, Function<K, List<Source>> sources) {
        Directory<K> directory = new Directory<>(keys, sources);
        directory.open();
        undo.add(directory::close);
    }

    /** From now on what is not in the table is looked for here, by the key that {@link #key} makes of it. */
    void supply(Function<String, List<Source>> sources) {
        supply = sources;
    }

    /** The resource of that name, looked for if it is not there. */
    @Nullable
    EncodedResource find(XdsType type, String name) {
        EncodedResource found = table.find(type, name);
        String key = found != null || supply == null ? "" : key(type, name);
        if (key.isEmpty() || demanded.containsKey(key)) {
            return found;
        }
        demanded.put(key, open(supply == null ? List.of() : supply.apply(key)));
        return table.find(type, name);
    }

    /** Lets go of what was looked for and nobody watches any longer. */
    void trim() {
        Set<String> watched = new LinkedHashSet<>();
        for (View view : table.views()) {
            for (XdsType type : XdsType.values()) {
                view.watched(type).forEach(name -> watched.add(key(type, name)));
            }
        }
        for (String key : List.copyOf(demanded.keySet())) {
            List<Feed> feeds = watched.contains(key) ? null : demanded.remove(key);
            if (feeds != null) {
                feeds.forEach(Feed::close);
            }
        }
    }

    void close() {
        undo.forEach(Runnable::run);
        demanded.values().forEach(feeds -> feeds.forEach(Feed::close));
        demanded.clear();
    }

    /** A cluster and its endpoints are found by their host, a virtual host by its name; the rest is always there. */
    private static String key(XdsType type, String name) {
        return switch (type) {
            case CDS, EDS -> name.startsWith("outbound|") ? "host " + name.substring(name.lastIndexOf('|') + 1) : "";
            case VHDS -> "route " + name;
            case LDS, RDS, SDS -> "";
        };
    }

    private List<Feed> open(List<Source> sources) {
        List<Feed> feeds = sources.stream().map(Feed::new).toList();
        feeds.forEach(Feed::open);
        return feeds;
    }

    /** One computed list in the table. */
    private final class Feed {
        private final Source source;
        private final Runnable looker = this::look;
        private List<EncodedResource> last = List.of();

        Feed(Source source) {
            this.source = source;
        }

        void open() {
            keeping.keep(source.value(), looker);
            keeping.look(looker);
        }

        private void look() {
            List<EncodedResource> now = source.value().current();
            List<EncodedResource> before = last;
            last = now;
            table.replace(source.type(), before, now);
        }

        void close() {
            keeping.release(source.value(), looker);
            table.replace(source.type(), last, List.of());
        }
    }

    /** The feeds of a computed list of keys. */
    private final class Directory<K> {
        private final Derived<? extends Collection<K>> keys;
        private final Function<K, List<Source>> sources;
        private final Runnable looker = this::look;
        private final Map<K, List<Feed>> open = new LinkedHashMap<>();

        Directory(Derived<? extends Collection<K>> keys, Function<K, List<Source>> sources) {
            this.keys = keys;
            this.sources = sources;
        }

        void open() {
            keeping.keep(keys, looker);
            keeping.look(looker);
        }

        private void look() {
            Set<K> now = new LinkedHashSet<>(keys.current());
            for (K gone :
                    open.keySet().stream().filter(key -> !now.contains(key)).toList()) {
                List<Feed> feeds = open.remove(gone);
                if (feeds != null) {
                    feeds.forEach(Feed::close);
                }
            }
            now.forEach(key -> open.computeIfAbsent(key, unknown -> Upkeep.this.open(sources.apply(key))));
        }

        void close() {
            keeping.release(keys, looker);
            open.values().forEach(feeds -> feeds.forEach(Feed::close));
        }
    }
}

package io.inmesh.client.match;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds what belongs to an authority: exact host, then the longest suffix ({@code *.example.com}), then the longest prefix
 * ({@code example.*}), then {@code *}. Letter case does not matter. A search allocates nothing. Immutable.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/config/route/v3/route_components.proto">Envoy,
 *     VirtualHost.domains</a>
 */
public final class HostMatcher<T> {

    private final RegionMap<T> exact;
    private final List<Wildcard<T>> suffixes;
    private final List<Wildcard<T>> prefixes;
    private final @Nullable T any;
    private final boolean ignorePort;

    private HostMatcher(Builder<T> builder) {
        exact = new RegionMap<>(builder.exact, true);
        suffixes = wildcards(builder.suffixes);
        prefixes = wildcards(builder.prefixes);
        any = builder.any;
        ignorePort = builder.ignorePort;
    }

    public static <T> Builder<T> builder(boolean ignorePort) {
        return new Builder<>(ignorePort);
    }

    /** What the authority belongs to; null if nothing takes it, and always for an empty authority. */
    public @Nullable T find(String authority) {
        int end = ignorePort ? hostEnd(authority) : authority.length();
        T found = exact.find(authority, 0, end);
        for (int i = 0; found == null && i < suffixes.size(); i++) {
            found = suffixes.get(i).findAtEnd(authority, end);
        }
        for (int i = 0; found == null && i < prefixes.size(); i++) {
            found = prefixes.get(i).findAtStart(authority, end);
        }
        return found != null || authority.isEmpty() ? found : any;
    }

    /** Where the port begins, the colon included; the length if there is none. As in Envoy, nobody asks whether it is a number. */
    private static int hostEnd(String authority) {
        int colon = authority.lastIndexOf(':');
        return authority.lastIndexOf(']') > colon || colon < 0 ? authority.length() : colon;
    }

    private static <T> List<Wildcard<T>> wildcards(Map<Integer, Map<String, T>> byLength) {
        List<Wildcard<T>> list = new ArrayList<>();
        byLength.forEach((length, hosts) -> list.add(new Wildcard<>(length, new RegionMap<>(hosts, true))));
        return List.copyOf(list);
    }

    /** All wildcards of one length, so that the longest are asked first with one hash each. */
    private record Wildcard<T>(int length, RegionMap<T> hosts) {

        // A wildcard stands for at least one character.
        @Nullable
        T findAtEnd(String authority, int end) {
            return end > length ? hosts.find(authority, end - length, end) : null;
        }

        @Nullable
        T findAtStart(String authority, int end) {
            return end > length ? hosts.find(authority, 0, length) : null;
        }
    }

    /** Collects domains; not thread-safe. */
    public static final class Builder<T> {

        private final boolean ignorePort;
        private final Map<String, T> exact = new HashMap<>();
        private final Map<Integer, Map<String, T>> suffixes = new TreeMap<>(Comparator.reverseOrder());
        private final Map<Integer, Map<String, T>> prefixes = new TreeMap<>(Comparator.reverseOrder());
        private @Nullable T any;

        private Builder(boolean ignorePort) {
            this.ignorePort = ignorePort;
        }

        /**
         * Adds a domain.
         *
         * @return whether it was new; Envoy refuses a route configuration that names a domain twice
         */
        public boolean add(String domain, T value) {
            String host = Ascii.lower(domain);
            if (host.equals("*")) {
                boolean fresh = any == null;
                any = fresh ? value : any;
                return fresh;
            }
            if (host.startsWith("*")) {
                return put(suffixes, host.substring(1), value);
            }
            if (host.endsWith("*")) {
                return put(prefixes, host.substring(0, host.length() - 1), value);
            }
            return exact.putIfAbsent(host, value) == null;
        }

        private static <T> boolean put(Map<Integer, Map<String, T>> byLength, String part, T value) {
            return byLength.computeIfAbsent(part.length(), length -> new HashMap<>())
                            .putIfAbsent(part, value)
                    == null;
        }

        public HostMatcher<T> build() {
            return new HostMatcher<>(this);
        }
    }
}

package io.inmesh.client.balance;

import java.util.ArrayList;
import java.util.List;

/** Endpoints with their shares, which sum up to 1 at most: what the tables of consistent hashing are made of. */
final class WeightedHosts {

    private final List<Entry> entries = new ArrayList<>();
    private double least = 1.0;
    private double most;

    /** Adds endpoints that have a share together, each by its weight. */
    void add(List<Endpoint> endpoints, double share) {
        double sum = endpoints.stream()
                .mapToLong(endpoint -> endpoint.description().weight())
                .sum();
        for (Endpoint endpoint : endpoints) {
            double own = endpoint.description().weight() * share / sum;
            entries.add(new Entry(endpoint, own));
            least = Math.min(least, own);
            most = Math.max(most, own);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    List<Entry> entries() {
        return entries;
    }

    double least() {
        return least;
    }

    double most() {
        return most;
    }

    /** An endpoint and its share. */
    record Entry(Endpoint endpoint, double share) {

        /** What is hashed to place it: {@code hash_key} of its {@code envoy.lb} metadata, else its host name or address. */
        String key(boolean byHostname) {
            String key = endpoint.description()
                    .metadata()
                    .text("envoy.lb", "hash_key")
                    .orElse("");
            if (!key.isEmpty()) {
                return key;
            }
            return byHostname
                    ? endpoint.description().hostname()
                    : endpoint.description().address().toString();
        }
    }
}

package io.inmesh.control.config;

import io.inmesh.control.yaml.InvalidResourceException;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Istio's LoadBalancerSettings.
 *
 * @param simple UNSPECIFIED means LEAST_REQUEST
 */
public record LoadBalancer(
        Simple simple,
        Optional<ConsistentHash> consistentHash,
        Optional<Warmup> warmup,
        Optional<LocalityBalancing> locality,
        Optional<ZoneAwareBalancing> zones) {

    /** Istio's SimpleLB; LEAST_CONN is the old name of LEAST_REQUEST. */
    public enum Simple {
        UNSPECIFIED,
        LEAST_CONN,
        LEAST_REQUEST,
        ROUND_ROBIN,
        RANDOM,
        PASSTHROUGH
    }

    /** What is hashed: exactly one of the first four; then the table that is used, ring unless maglev is written. */
    public record ConsistentHash(
            Optional<String> httpHeaderName,
            Optional<Cookie> httpCookie,
            boolean useSourceIp,
            Optional<String> httpQueryParameterName,
            long minimumRingSize,
            Optional<Long> maglevTableSize) {

        /** A cookie that is made if the request has none and a lifetime is set. */
        public record Cookie(String name, String path, Optional<Duration> ttl, List<Attribute> attributes) {
            static Cookie read(Fields cookie) {
                return new Cookie(
                        cookie.required("name"),
                        cookie.text("path").orElse(""),
                        cookie.duration("ttl"),
                        cookie.list("attributes", Attribute::read));
            }
        }

        /**
         * An attribute of the cookie that is made.
         *
         * @param value empty if it is a flag
         */
        public record Attribute(String name, String value) {
            static Attribute read(Fields attribute) {
                return new Attribute(
                        attribute.required("name"), attribute.text("value").orElse(""));
            }
        }

        // Envoy refuses any other, and all of the cluster with it.
        private static long tableSize(Fields maglev) {
            long size = maglev.unsigned("tableSize").orElse(65_537L);
            if (size > 5_000_011 || !BigInteger.valueOf(size).isProbablePrime(40)) {
                throw maglev.invalid("tableSize", size + " is no prime of at most 5000011");
            }
            return size;
        }

        static ConsistentHash read(Fields hash) {
            Optional<Long> deprecated = hash.unsigned("minimumRingSize");
            Optional<Long> ring = hash.object(
                    "ringHash", fields -> fields.unsigned("minimumRingSize").orElse(1024L));
            Optional<Long> maglev = hash.object("maglev", ConsistentHash::tableSize);
            ConsistentHash read = new ConsistentHash(
                    hash.text("httpHeaderName"),
                    hash.object("httpCookie", Cookie::read),
                    hash.flag("useSourceIp").orElse(false),
                    hash.text("httpQueryParameterName"),
                    ring.or(() -> deprecated).orElse(1024L),
                    maglev);
            if (read.httpHeaderName.isEmpty()
                    && read.httpCookie.isEmpty()
                    && !read.useSourceIp
                    && read.httpQueryParameterName.isEmpty()) {
                throw new InvalidResourceException(hash.origin(), hash.path(), "says nothing to hash");
            }
            return read;
        }
    }

    /** Slow start of new endpoints. */
    public record Warmup(Duration duration, double minimumPercent, double aggression) {
        static Warmup read(Fields warmup) {
            return new Warmup(
                    warmup.duration("duration").orElseThrow(() -> warmup.invalid("duration", "is required")),
                    warmup.number("minimumPercent", 0, 100).orElse(10.0),
                    warmup.number("aggression", 1, 1e9).orElse(1.0));
        }
    }

    static LoadBalancer read(Fields balancer) {
        Optional<Warmup> deprecated =
                balancer.duration("warmupDurationSecs").map(duration -> new Warmup(duration, 10, 1));
        return new LoadBalancer(
                balancer.choice("simple", Simple.class).orElse(Simple.UNSPECIFIED),
                balancer.object("consistentHash", ConsistentHash::read),
                balancer.object("warmup", Warmup::read).or(() -> deprecated),
                balancer.object("localityLbSetting", LocalityBalancing::read),
                balancer.object("zoneAwareLbSetting", ZoneAwareBalancing::read));
    }
}

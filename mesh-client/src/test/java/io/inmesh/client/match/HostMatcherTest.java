package io.inmesh.client.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostMatcherTest {

    private static final List<String> DOMAINS = List.of(
            "reviews",
            "reviews.default",
            "10.96.0.1",
            "[fd00::1]",
            "*.example.com",
            "*.a.example.com",
            "*-x.example.com",
            "www.*",
            "www.example.*",
            "*");

    @ParameterizedTest
    @CsvSource({
        "reviews, reviews",
        "REVIEWS, reviews",
        "reviews:9080, reviews",
        "reviews.default:1, reviews.default",
        "10.96.0.1:80, 10.96.0.1",
        "[fd00::1]:80, [fd00::1]",
        "[fd00::1], [fd00::1]",
        "b.a.example.com, *.a.example.com",
        "a.example.com, *.example.com",
        "b-x.example.com, *-x.example.com",
        "www.example.com, *.example.com",
        "www.example.org, www.example.*",
        "www.other.org, www.*",
        ".example.com, *",
        "www., *",
        "reviews.other, *",
        "reviews:x, reviews"
    })
    void exactThenLongestSuffixThenLongestPrefixThenAny(String authority, String domain) {
        assertThat(matcher(true, DOMAINS).find(authority)).isEqualTo(domain);
    }

    @Test
    void aPortCountsUnlessItIsToBeIgnored() {
        HostMatcher<String> matcher = matcher(false, List.of("reviews", "reviews:9080"));
        assertThat(matcher.find("reviews:9080")).isEqualTo("reviews:9080");
        assertThat(matcher.find("reviews:80")).isNull();
    }

    @Test
    void anEmptyAuthorityBelongsNowhere() {
        assertThat(matcher(true, DOMAINS).find("")).isNull();
    }

    @Test
    void aDomainNamedTwiceIsReported() {
        HostMatcher.Builder<String> builder = HostMatcher.builder(true);
        assertThat(builder.add("*.a", "1")).isTrue();
        assertThat(builder.add("*.A", "2")).isFalse();
        assertThat(builder.add("*", "1")).isTrue();
        assertThat(builder.add("*", "2")).isFalse();
    }

    @Test
    void agreesWithAPlainScanOnRandomTables() {
        SplittableRandom random = new SplittableRandom(42);
        for (int table = 0; table < 300; table++) {
            List<String> domains = Stream.generate(() -> randomDomain(random))
                    .limit(1 + random.nextInt(12))
                    .distinct()
                    .toList();
            HostMatcher<String> matcher = matcher(true, domains);
            for (int i = 0; i < 50; i++) {
                String host = randomName(random);
                assertThat(matcher.find(host)).as("%s in %s", host, domains).isEqualTo(scan(domains, host));
            }
        }
    }

    private static @Nullable String scan(List<String> domains, String host) {
        String best = null;
        int bestRank = -1;
        for (String domain : domains) {
            int rank = rank(domain, host);
            if (rank > bestRank) {
                best = domain;
                bestRank = rank;
            }
        }
        return best;
    }

    private static int rank(String domain, String host) {
        if (domain.equals("*")) {
            return 0;
        }
        boolean longer = host.length() > domain.length() - 1;
        if (domain.startsWith("*")) {
            return longer && host.endsWith(domain.substring(1)) ? 1000 + domain.length() : -1;
        }
        if (domain.endsWith("*")) {
            return longer && host.startsWith(domain.substring(0, domain.length() - 1)) ? domain.length() : -1;
        }
        return domain.equals(host) ? 10_000 : -1;
    }

    private static String randomDomain(SplittableRandom random) {
        String name = randomName(random);
        return switch (random.nextInt(4)) {
            case 0 -> "*" + name;
            case 1 -> name + "*";
            case 2 -> random.nextInt(4) == 0 ? "*" : name;
            default -> name;
        };
    }

    private static String randomName(SplittableRandom random) {
        StringBuilder name = new StringBuilder();
        int length = 1 + random.nextInt(5);
        for (int i = 0; i < length; i++) {
            name.append("ab.".charAt(random.nextInt(3)));
        }
        return name.toString();
    }

    private static HostMatcher<String> matcher(boolean ignorePort, List<String> domains) {
        HostMatcher.Builder<String> builder = HostMatcher.builder(ignorePort);
        domains.forEach(domain -> builder.add(domain, domain));
        return builder.build();
    }
}

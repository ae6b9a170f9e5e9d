package io.inmesh.client.adapter.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.NameResolver;
import io.inmesh.api.spi.NameResolver.Answer;
import io.inmesh.testkit.TestDns;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DnsNamesTest {

    private final TestDns server = new TestDns();
    private final List<String> leftToTheJdk = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void anAnswerHasAddressesOfBothKindsAndTheShorterLife() throws Exception {
        server.name("a.test", 30, "10.0.0.1", "10.0.0.2", "fd00::1");

        Answer answer = names(settings(1)).resolve("a.test");

        assertThat(answer.addresses())
                .extracting(InetAddress::getHostAddress)
                .containsExactly("10.0.0.1", "10.0.0.2", "fd00:0:0:0:0:0:0:1");
        assertThat(answer.timeToLive()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void anAnswerTooLongForADatagramComesOverTcp() throws Exception {
        server.name(
                "many.test",
                5,
                IntStream.range(0, 200).mapToObj(i -> "10.0.1." + i).toArray(String[]::new));

        assertThat(names(settings(1)).resolve("many.test").addresses()).hasSize(200);
    }

    @Test
    void shortNamesAreLookedForInTheSearchDomainsFirst() throws Exception {
        server.name("web.shop.svc.test", 5, "10.0.0.1")
                .name("web", 5, "10.0.0.9")
                .name("x.y.z", 5, "10.0.0.2");
        ResolverSettings settings = new ResolverSettings(
                List.of(server.address()), List.of("shop.svc.test", "svc.test"), 2, Duration.ofSeconds(2), 1);

        assertThat(first(names(settings).resolve("web"))).isEqualTo("10.0.0.1");
        assertThat(first(names(settings).resolve("web."))).isEqualTo("10.0.0.9");
        assertThat(first(names(settings).resolve("x.y.z"))).isEqualTo("10.0.0.2");
        assertThat(server.asked("x.y.z.shop.svc.test")).isZero();
    }

    @Test
    void whatTheServersDoNotKnowIsLeftToTheJdk() throws Exception {
        assertThat(names(settings(1)).resolve("elsewhere.test").timeToLive()).isNull();
        server.name("empty.test", 5);
        assertThat(names(settings(1)).resolve("empty.test").timeToLive()).isNull();
        assertThat(leftToTheJdk).containsExactly("elsewhere.test", "empty.test");
    }

    @Test
    void theNextServerIsAskedWhereOneIsInTrouble() throws Exception {
        try (TestDns other = new TestDns()) {
            server.trouble("a.test", 2);
            other.name("a.test", 5, "10.0.0.7");
            ResolverSettings both = new ResolverSettings(
                    List.of(server.address(), other.address()), List.of(), 1, Duration.ofSeconds(2), 1);

            assertThat(first(names(both).resolve("a.test"))).isEqualTo("10.0.0.7");
        }
        server.trouble("a.test", 2);
        assertThat(names(settings(2)).resolve("a.test").timeToLive()).isNull();
        assertThat(server.asked("a.test")).isEqualTo(3);
    }

    @Test
    void namesOfTheHostsFileAreLeftToTheJdk() throws Exception {
        server.name("here", 5, "10.0.0.1");
        Path hosts = Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost HERE # there\n");

        assertThat(names(settings(1), hosts).resolve("here").timeToLive()).isNull();
        assertThat(server.asked("here")).isZero();
    }

    @Test
    void atFixedServersThereIsNoOtherWay() throws Exception {
        NameResolver fixed = DnsNames.at(List.of(server.address()), MeshClock.system(), new SplittableRandom(1));

        assertThat(fixed.resolve("nobody.test").addresses()).isEmpty();
        server.trouble("a.test", 2);
        assertThatThrownBy(() -> fixed.resolve("a.test")).isInstanceOf(UnknownHostException.class);
        assertThatThrownBy(() -> fixed.resolve("a..b")).isInstanceOf(UnknownHostException.class);
    }

    @Test
    void settingsAreReadAsResolvConfHasThem() throws Exception {
        Path file = Files.writeString(folder.resolve("resolv.conf"), """
                # made by somebody
                nameserver 10.96.0.10
                nameserver not-an-address
                search shop.svc.cluster.local svc.cluster.local
                options ndots:5 timeout:3 attempts:900 rotate
                """);

        assertThat(ResolverSettings.read(file))
                .isEqualTo(new ResolverSettings(
                        List.of(new InetSocketAddress(InetAddress.getAllByName("10.96.0.10")[0], 53)),
                        List.of("shop.svc.cluster.local", "svc.cluster.local"),
                        5,
                        Duration.ofSeconds(3),
                        5));
        assertThat(ResolverSettings.read(folder.resolve("absent")).servers()).isEmpty();
    }

    private ResolverSettings settings(int attempts) {
        return new ResolverSettings(List.of(server.address()), List.of(), 1, Duration.ofSeconds(2), attempts);
    }

    private DnsNames names(ResolverSettings settings) {
        return names(settings, null);
    }

    private DnsNames names(ResolverSettings settings, @Nullable Path hosts) {
        NameResolver jdk = name -> {
            leftToTheJdk.add(name);
            return new Answer(List.of(InetAddress.getAllByName("192.0.2.1")[0]), null);
        };
        return new DnsNames(() -> settings, hosts, jdk, MeshClock.system(), new SplittableRandom(1));
    }

    private static String first(Answer answer) {
        return answer.addresses().get(0).getHostAddress();
    }
}

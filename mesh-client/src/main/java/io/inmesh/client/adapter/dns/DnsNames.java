package io.inmesh.client.adapter.dns;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.api.spi.NameResolver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the addresses of names and how long they hold: from the name servers that the operating system names, both kinds of addresses. Names of
 * the hosts file, and names that those servers do not know or do not answer for, are left to the JDK, which knows other ways and no time to
 * live. Settings are read for each name, so that they may change. Thread-safe.
 */
public final class DnsNames implements NameResolver {

    private static final Path SETTINGS = Path.of("/etc/resolv.conf");
    private static final Path HOSTS = Path.of("/etc/hosts");

    private final Supplier<ResolverSettings> settings;
    private final @Nullable Path hosts;
    private final NameResolver otherwise;
    private final DnsClient client;

    DnsNames(
            Supplier<ResolverSettings> settings,
            @Nullable Path hosts,
            NameResolver otherwise,
            MeshClock clock,
            RandomGenerator chance) {
        this.settings = settings;
        this.hosts = hosts;
        this.otherwise = otherwise;
        client = new DnsClient(clock, chance);
    }

    /**
     * As the operating system is told to.
     *
     * @param chance unpredictable and thread-safe
     */
    public static DnsNames system(MeshClock clock, RandomGenerator chance) {
        return new DnsNames(() -> ResolverSettings.read(SETTINGS), HOSTS, NameResolver.jdk(), clock, chance);
    }

    /**
     * From these name servers and nowhere else.
     *
     * @param chance unpredictable and thread-safe
     */
    public static DnsNames at(List<InetSocketAddress> servers, MeshClock clock, RandomGenerator chance) {
        ResolverSettings fixed = ResolverSettings.of(servers);
        NameResolver nowhere = name -> {
            throw new UnknownHostException(name);
        };
        return new DnsNames(() -> fixed, null, nowhere, clock, chance);
    }

    @Override
    public Answer resolve(String name) throws UnknownHostException {
        ResolverSettings now = settings.get();
        if (now.servers().isEmpty() || isInHosts(name)) {
            return otherwise.resolve(name);
        }
        boolean denied = false;
        try {
            for (String candidate : now.candidates(name)) {
                Answer answer = answer(now, candidate);
                if (answer != null) {
                    return answer;
                }
            }
            denied = true;
        } catch (IOException | IllegalArgumentException e) {
            // The JDK may know another way; if not, nothing is certain.
        }
        return elsewhere(name, denied);
    }

    /** What name servers deny and nobody else knows has no addresses: that is as good an answer as any other. */
    private Answer elsewhere(String name, boolean denied) throws UnknownHostException {
        try {
            return otherwise.resolve(name);
        } catch (UnknownHostException e) {
            if (denied) {
                return new Answer(List.of(), null);
            }
            throw e;
        }
    }

    private @Nullable Answer answer(ResolverSettings now, String name) throws IOException {
        DnsReply four = ask(now, name, DnsQuestion.Type.A);
        if (four.code() == DnsReply.NO_SUCH_NAME) {
            return null;
        }
        DnsReply six = ask(now, name, DnsQuestion.Type.AAAA);
        List<InetAddress> addresses = new ArrayList<>(four.addresses());
        addresses.addAll(six.addresses());
        if (addresses.isEmpty()) {
            return null;
        }
        long seconds = Stream.of(four, six)
                .filter(reply -> !reply.addresses().isEmpty())
                .mapToLong(DnsReply::seconds)
                .min()
                .orElse(0);
        return new Answer(addresses, Duration.ofSeconds(seconds));
    }

    /** The first word of any server that is not in trouble. */
    private DnsReply ask(ResolverSettings now, String name, DnsQuestion.Type type) throws IOException {
        IOException last = new IOException("No name server knows of " + name);
        for (int attempt = 0; attempt < now.attempts(); attempt++) {
            for (InetSocketAddress server : now.servers()) {
                try {
                    DnsReply reply = client.ask(server, name, type, now.timeout());
                    if (reply.code() == DnsReply.NAME_EXISTS || reply.code() == DnsReply.NO_SUCH_NAME) {
                        return reply;
                    }
                } catch (IOException e) {
                    last = e;
                }
            }
        }
        throw last;
    }

    private boolean isInHosts(String name) {
        if (hosts == null) {
            return false;
        }
        try (Stream<String> lines = Files.lines(hosts, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.replaceFirst("#.*", "").strip().split("\\s+"))
                    .anyMatch(words -> Arrays.stream(words).skip(1).anyMatch(name::equalsIgnoreCase));
        } catch (IOException e) {
            return false;
        }
    }
}

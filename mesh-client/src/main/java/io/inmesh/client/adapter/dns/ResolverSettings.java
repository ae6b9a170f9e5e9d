package io.inmesh.client.adapter.dns;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Which name servers are asked, and for what: {@code resolv.conf(5)}. Immutable.
 *
 * @param servers in order; with none the JDK looks names up
 * @param search domains that are appended to names
 * @param dots names with fewer dots are looked for in these domains first
 * @param timeout of one question to one server
 * @param attempts how often all servers are asked
 */
record ResolverSettings(
        List<InetSocketAddress> servers, List<String> search, int dots, Duration timeout, int attempts) {

    private static final int PORT = 53;
    private static final int MOST_SERVERS = 3;
    private static final int MOST_DOMAINS = 32;
    private static final int MOST_DOTS = 15;
    private static final int MOST_SECONDS = 30;
    private static final int MOST_ATTEMPTS = 5;

    ResolverSettings {
        servers = List.copyOf(servers);
        search = List.copyOf(search);
    }

    static ResolverSettings of(List<InetSocketAddress> servers) {
        return new ResolverSettings(servers, List.of(), 1, Duration.ofSeconds(5), 2);
    }

    /** Without servers if there is no such file. */
    static ResolverSettings read(Path file) {
        try {
            return parse(Files.readAllLines(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return of(List.of());
        }
    }

    static ResolverSettings parse(List<String> lines) {
        List<InetSocketAddress> servers = new ArrayList<>();
        List<String> search = List.of();
        int dots = 1;
        int timeout = 5;
        int attempts = 2;
        for (String line : lines) {
            List<String> words = List.of(line.strip().split("\\s+"));
            List<String> values = words.subList(1, words.size());
            switch (words.get(0)) {
                case "nameserver" -> {
                    if (servers.size() < MOST_SERVERS && !values.isEmpty()) {
                        servers.addAll(server(values.get(0)));
                    }
                }
                case "domain", "search" ->
                    search = values.stream().limit(MOST_DOMAINS).toList();
                case "options" -> {
                    dots = option(values, "ndots:", dots, MOST_DOTS);
                    timeout = Math.max(1, option(values, "timeout:", timeout, MOST_SECONDS));
                    attempts = Math.max(1, option(values, "attempts:", attempts, MOST_ATTEMPTS));
                }
                default -> {
                    // A comment, or an option of other resolvers.
                }
            }
        }
        return new ResolverSettings(servers, search, dots, Duration.ofSeconds(timeout), attempts);
    }

    /** Empty if it is no address: nobody looks up a name server. */
    private static List<InetSocketAddress> server(String address) {
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*(%\\w+)?")) {
            return List.of();
        }
        try {
            return List.of(new InetSocketAddress(InetAddress.getAllByName(address)[0], PORT));
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private static int option(List<String> options, String name, int absent, int most) {
        return options.stream()
                .filter(option -> option.matches(name + "[0-9]{1,4}"))
                .mapToInt(option -> Math.min(most, Integer.parseInt(option.substring(name.length()))))
                .findFirst()
                .orElse(absent);
    }

    /** The full names that a name may mean, in the order in which they are tried. */
    List<String> candidates(String name) {
        if (name.endsWith(".")) {
            return List.of(name.substring(0, name.length() - 1));
        }
        List<String> candidates = new ArrayList<>();
        for (String domain : search) {
            String suffix = domain.endsWith(".") ? domain.substring(0, domain.length() - 1) : domain;
            candidates.add(suffix.isEmpty() ? name : name + "." + suffix);
        }
        boolean asItIsFirst = name.chars().filter(c -> c == '.').count() >= dots;
        candidates.add(asItIsFirst ? 0 : candidates.size(), name);
        return candidates.stream().distinct().toList();
    }
}

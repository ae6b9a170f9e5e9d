package io.inmesh.spring.notice;

import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/**
 * Names what of the application calls services of the mesh past it: addresses in Spring Boot's own properties (data sources, brokers,
 * caches), gRPC channels, and HTTP clients that no adapter carries. A service that is STRICT refuses them, which is better known from a
 * line at the start than from a reset connection.
 */
public final class UncoveredClients implements StartNotice {

    private static final Pattern ADDRESS =
            Pattern.compile("(?<![A-Za-z0-9.-])([A-Za-z0-9][A-Za-z0-9.-]*):(\\d{1,5})(?!\\d)");
    private static final Set<String> ASYNCHRONOUS =
            Set.of("org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient", "feign.AsyncClient");
    private static final String WEB_CLIENT = "org.springframework.web.reactive.function.client.WebClient";
    private static final String REACTOR_NETTY = "reactor.netty.http.client.HttpClient";
    private static final String CHANNEL = "io.grpc.Channel";
    private static final String HOST = ".host";

    private final ConfigurableListableBeanFactory beans;
    private final ConfigurableEnvironment environment;
    private final BiPredicate<String, Integer> offersMutualTls;

    /**
     * Nothing is looked at yet.
     *
     * @param offersMutualTls whether a host and port is a service of the mesh that may be STRICT
     */
    public UncoveredClients(
            ConfigurableListableBeanFactory beans,
            ConfigurableEnvironment environment,
            BiPredicate<String, Integer> offersMutualTls) {
        this.beans = beans;
        this.environment = environment;
        this.offersMutualTls = offersMutualTls;
    }

    @Override
    public Optional<String> text() {
        Set<String> found = new TreeSet<>();
        ofProperties(found::add);
        ofBeans(found::add);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of("past the mesh, and refused where the service is STRICT: " + String.join(", ", found)
                        + ". Such a service has to be PERMISSIVE for that port (PeerAuthentication, portLevelMtls), or the"
                        + " client one that the mesh carries (docs/limits.md)");
    }

    private void ofProperties(Consumer<String> found) {
        Set<String> keys = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> enumerable) {
                keys.addAll(Set.of(enumerable.getPropertyNames()));
            }
        }
        for (String key : keys) {
            // Those of HTTP clients lead through the mesh.
            if (key.startsWith("spring.") && !key.startsWith("spring.http.")) {
                String value = environment.getProperty(key, "");
                String port = key.endsWith(HOST)
                        ? environment.getProperty(key.substring(0, key.length() - HOST.length()) + ".port", "")
                        : "";
                addresses(key, port.isEmpty() ? value : value + ":" + port, found);
            }
        }
    }

    private void ofBeans(Consumer<String> found) {
        for (String name : beans.getBeanDefinitionNames()) {
            Object bean = beans.containsSingleton(name) ? beans.getSingleton(name) : null;
            if (bean != null && isA(bean.getClass(), Set.of(CHANNEL))) {
                addresses("gRPC channel '" + name + "'", authority(bean), found);
            } else if (bean != null && isA(bean.getClass(), httpClients())) {
                found.accept("the client '" + name + "', wherever it calls");
            }
        }
    }

    /** A WebClient is carried by Reactor Netty alone. */
    private Set<String> httpClients() {
        boolean carried = ClassUtils.isPresent(REACTOR_NETTY, beans.getBeanClassLoader());
        return carried
                ? ASYNCHRONOUS
                : Stream.concat(ASYNCHRONOUS.stream(), Stream.of(WEB_CLIENT)).collect(Collectors.toSet());
    }

    private void addresses(String what, String text, Consumer<String> found) {
        Matcher address = ADDRESS.matcher(text);
        while (address.find()) {
            int port = Integer.parseInt(address.group(2));
            if (offersMutualTls.test(address.group(1), port)) {
                found.accept(what + " -> " + address.group(1) + ":" + port);
            }
        }
    }

    private static String authority(Object channel) {
        Method authority = ReflectionUtils.findMethod(channel.getClass(), "authority");
        if (authority == null) {
            return "";
        }
        ReflectionUtils.makeAccessible(authority);
        return String.valueOf(ReflectionUtils.invokeMethod(authority, channel));
    }

    private static boolean isA(Class<?> type, Set<String> names) {
        for (@Nullable Class<?> each = type; each != null; each = each.getSuperclass()) {
            if (names.contains(each.getName())) {
                return true;
            }
            for (Class<?> implemented : each.getInterfaces()) {
                if (names.contains(implemented.getName())) {
                    return true;
                }
            }
        }
        return false;
    }
}

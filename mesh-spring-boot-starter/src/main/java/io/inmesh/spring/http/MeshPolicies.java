package io.inmesh.spring.http;

import io.inmesh.api.error.MeshConfigurationException;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyAnnotations;
import io.inmesh.api.policy.PolicyField;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the application asks of its own calls: properties ({@code mesh.clients.<name>.*}) before annotations, field by field. A client is
 * named by its HTTP interface group, its interface or its bean. Read once for each method; thread-safe.
 */
public final class MeshPolicies {

    /** The attribute of a request under which its method's policy travels. */
    public static final String OF_METHOD = "io.inmesh.policy.method";

    /** The attribute of a request under which its client's policy travels. */
    public static final String OF_CLIENT = "io.inmesh.policy.client";

    private static final String PREFIX = "mesh.clients.";

    private final Map<String, Map<String, String>> properties;
    private final Function<String, @Nullable Method> factoryMethods;
    private final Consumer<CallPolicy> prepare;
    private final Set<String> names = ConcurrentHashMap.newKeySet();
    private final Map<Method, CallPolicy> ofMethods = new ConcurrentHashMap<>();
    private final Map<CallPolicy, Map<CallPolicy, CallPolicy>> merged = new ConcurrentHashMap<>();

    /**
     * Reads properties.
     *
     * @param properties by client; in each, values by the path of a {@link PolicyField}
     * @param factoryMethods the method that makes the bean of a name; null if none does
     * @param prepare refuses a policy that cannot take effect
     */
    public MeshPolicies(
            Map<String, Map<String, String>> properties,
            Function<String, @Nullable Method> factoryMethods,
            Consumer<CallPolicy> prepare) {
        this.properties = Map.copyOf(properties);
        this.factoryMethods = factoryMethods;
        this.prepare = prepare;
        // Whoever wrote a field that there is not is told at the start, whether or not the client is used.
        properties.keySet().forEach(name -> ofProperties(name, name));
    }

    /** Nobody asks for anything. */
    static MeshPolicies none() {
        return new MeshPolicies(Map.of(), name -> null, policy -> {});
    }

    /** The policy of a method. */
    CallPolicy of(Class<?> client, Method method, List<String> groups) {
        return ofMethods.computeIfAbsent(method, key -> {
            Stream<String> all = Stream.concat(groups.stream(), Stream.of(client.getSimpleName(), client.getName()));
            return prepared(withProperties(PolicyAnnotations.of(client, key), all.toList()));
        });
    }

    /** As above, for a client that has no name but its type's. */
    public CallPolicy of(Class<?> client, Method method) {
        return of(client, method, List.of());
    }

    /** The policy of a client that is a bean; empty if nothing is asked for. */
    public Optional<CallPolicy> ofBean(String name) {
        Method factory = factoryMethod(name);
        CallPolicy annotations =
                factory == null ? CallPolicy.builder(name).build() : PolicyAnnotations.of(name, factory);
        return Optional.of(prepared(withProperties(annotations, List.of(name)))).filter(policy -> !policy.isEmpty());
    }

    /** Method before client, field by field; null if neither asks for anything. */
    public @Nullable CallPolicy of(@Nullable Object method, @Nullable Object client) {
        if (method instanceof CallPolicy own && client instanceof CallPolicy wider) {
            return merged.computeIfAbsent(own, key -> new ConcurrentHashMap<>())
                    .computeIfAbsent(wider, lower -> prepared(own.over(lower)));
        }
        return method instanceof CallPolicy own ? own : client instanceof CallPolicy wider ? wider : null;
    }

    @Nullable
    Method factoryMethod(String bean) {
        return factoryMethods.apply(bean);
    }

    /** Whether a client of that name has asked for its policy. */
    boolean met(String name) {
        return names.contains(name);
    }

    /** Whether methods of that interface have asked for theirs. */
    boolean met(Class<?> client) {
        return names.contains(client.getName());
    }

    /** Of all clients that have asked for their policies. */
    Set<String> names() {
        return new TreeSet<>(names);
    }

    /** Names in properties that no client has had so far. */
    Set<String> unmet() {
        Set<String> unmet = new TreeSet<>(properties.keySet());
        unmet.removeAll(names);
        return unmet;
    }

    private CallPolicy prepared(CallPolicy policy) {
        prepare.accept(policy);
        return policy;
    }

    // The last name is the most specific one.
    private CallPolicy withProperties(CallPolicy annotations, List<String> of) {
        names.addAll(of);
        CallPolicy policy = annotations;
        for (String name : of) {
            policy = ofProperties(name, annotations.name()).over(policy);
        }
        return policy;
    }

    private CallPolicy ofProperties(String client, String name) {
        CallPolicy.Builder policy = CallPolicy.builder(name);
        properties.getOrDefault(client, Map.of()).forEach((path, value) -> {
            String key = PREFIX + client + "." + path;
            PolicyField field = PolicyField.of(path)
                    .orElseThrow(() -> new MeshConfigurationException(
                            key + " is no setting of a client. There are: " + PolicyField.known()));
            policy.set(field, value, key);
        });
        return policy.build();
    }
}

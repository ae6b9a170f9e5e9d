package io.inmesh.conformance.inbound;

import io.inmesh.conformance.config.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Seeded mistakes: one value of a listener's security settings is another one, or one part is missing. */
final class InboundMutations {

    /** What decides nothing about a request, in Envoy or here. */
    private static final Set<String> SILENT = Set.of(
            "@type",
            "name",
            "statPrefix",
            "shadowRulesStatPrefix",
            "shadowRules",
            "cluster",
            "routeConfig",
            "serverName",
            "listenerFilters",
            "tlsParams",
            "upgradeConfigs",
            "requestIdExtension",
            "alpnProtocols",
            "timeout",
            "streamIdleTimeout",
            "proxy100Continue",
            "normalizePath",
            "pathWithEscapedSlashesAction",
            "listenerFiltersTimeout",
            "continueOnListenerFiltersTimeout",
            "trafficDirection",
            "address",
            "typedConfigUrl",
            "defaultFilterChain",
            "validationContextSdsSecretConfig");

    private static final long PORT = 8080;

    private final Map<String, Object> listener;
    private final List<Integer> chains = new ArrayList<>();
    private final List<Mutation> mutations = new ArrayList<>();

    private InboundMutations(Map<String, Object> listener) {
        this.listener = listener;
        List<Map<String, Object>> all = Tree.objects(listener, "filterChains");
        boolean named = all.stream().anyMatch(InboundMutations::namesOurPort);
        for (int i = 0; i < all.size(); i++) {
            if (!named || namesOurPort(all.get(i))) {
                chains.add(i);
            }
        }
    }

    private static boolean namesOurPort(Map<String, Object> chain) {
        return Tree.object(chain, "filterChainMatch").get("destinationPort") instanceof Number number
                && number.longValue() == PORT;
    }

    /** A mistake and where it is. */
    record Mutation(String what, Map<String, Object> listener) {}

    /**
     * The mistakes that rows of a scenario are there to see: in its filters, the same in each chain that rows can reach; where it has
     * none, in what the chains match, in their TLS and in what is forwarded.
     */
    static List<Mutation> of(Map<String, Object> listener) {
        InboundMutations all = new InboundMutations(listener);
        Map<String, Object> first = Tree.objects(listener, "filterChains").get(all.chains.get(0));
        all.list((List<?>) first.get("filters"), "filters", chain -> Tree.asObject(chain)
                .get("filters"));
        boolean filters = all.mutations.stream()
                .anyMatch(mutation ->
                        mutation.what().contains("olicies") || mutation.what().contains("providers"));
        if (filters) {
            all.mutations.removeIf(mutation -> !mutation.what().contains("olicies")
                    && !mutation.what().contains("providers")
                    && !mutation.what().contains(".rules"));
            boolean policies =
                    all.mutations.stream().anyMatch(mutation -> mutation.what().contains("olicies"));
            all.mutations.removeIf(mutation -> isEquivalent(mutation.what(), policies));
        } else {
            all.mutations.removeIf(mutation -> !mutation.what().contains("lientCert"));
            if (all.mutations.stream().noneMatch(m -> m.what().contains("SANITIZE_SET")) && isPlainTransport(first)) {
                all.mutations.clear();
                all.object(Tree.object(first, "filterChainMatch"), "filterChainMatch", chain -> Tree.asObject(chain)
                        .get("filterChainMatch"));
                all.object(Tree.object(first, "transportSocket"), "transportSocket", chain -> Tree.asObject(chain)
                        .get("transportSocket"));
            }
        }
        return all.mutations;
    }

    /**
     * What no request can tell from the original: where no policy reads claims, how they are kept; and beside the permission to have no
     * token, the one provider, for that permission is about the tokens of all providers.
     */
    private static boolean isEquivalent(String what, boolean policies) {
        boolean kept = what.contains("payloadInMetadata") || what.contains("normalizePayloadInMetadata");
        return (kept && !policies) || what.matches(".*requiresAny.requirements.0. missing");
    }

    private static boolean isPlainTransport(Map<String, Object> chain) {
        List<Map<String, Object>> filters = Tree.objects(chain, "filters");
        Map<String, Object> manager = Tree.object(filters.get(filters.size() - 1), "typedConfig");
        return "APPEND_FORWARD".equals(manager.get("forwardClientCertDetails"));
    }

    private void object(Map<String, Object> node, String path, UnaryOperator<Object> find) {
        for (Map.Entry<String, Object> entry : node.entrySet()) {
            String key = entry.getKey();
            if (SILENT.contains(key)) {
                continue;
            }
            String at = path + "." + key;
            UnaryOperator<Object> child =
                    tree -> Tree.asObject(find.apply(tree)).get(key);
            Object value = entry.getValue();
            if (value instanceof Map<?, ?> map) {
                if (key.equals("policies") || key.equals("providers")) {
                    map.keySet()
                            .forEach(name -> add(at + " without " + name, tree -> Tree.asObject(child.apply(tree))
                                    .remove(name)));
                }
                object(Tree.asObject(value), at, child);
            } else if (value instanceof List<?> list) {
                list(list, at, child);
            } else {
                leaf(key, value, at, find);
            }
        }
    }

    private void list(List<?> list, String path, UnaryOperator<Object> find) {
        for (int i = 0; i < list.size(); i++) {
            int index = i;
            String at = path + "[" + i + "]";
            boolean router = list.get(i) instanceof Map<?, ?> map
                    && String.valueOf(map.get("name"))
                            .matches(".*(router|http_connection_manager|tcp_proxy|cors|fault|grpc_stats)");
            if (list.size() > 1 && !router) {
                add(at + " missing", tree -> ((List<?>) find.apply(tree)).remove(index));
            }
            if (list.get(i) instanceof Map<?, ?>) {
                object(Tree.asObject(list.get(i)), at, tree -> ((List<?>) find.apply(tree)).get(index));
            } else if (list.get(i) instanceof String text) {
                add(at + " another", tree -> replace((List<?>) find.apply(tree), index, text + "x"));
            }
        }
    }

    @SuppressWarnings("unchecked") // a list of texts
    private static void replace(List<?> list, int index, String text) {
        ((List<Object>) list).set(index, text);
    }

    private void leaf(String key, Object value, String at, UnaryOperator<Object> parent) {
        Object other;
        if (key.equals("action")) {
            other = value.equals("DENY") ? "ALLOW" : "DENY";
        } else if (key.equals("transportProtocol")) {
            other = value.equals("tls") ? "raw_buffer" : "tls";
        } else if (key.equals("forwardClientCertDetails")) {
            other = value.equals("SANITIZE") ? "SANITIZE_SET" : "SANITIZE";
        } else if (key.equals("inlineString")) {
            other = "{\"keys\":[]}";
        } else if (value instanceof Boolean flag) {
            other = !flag;
        } else if (value instanceof Number number) {
            other = key.equals("prefixLen") ? 0L : number.longValue() + 1;
        } else {
            other = value + "x";
        }
        if (!(key.equals("any") && Boolean.TRUE.equals(value))) {
            add(at + " " + other, tree -> Tree.asObject(parent.apply(tree)).put(key, other));
        }
    }

    private void add(String what, Consumer<Object> change) {
        Map<String, Object> copy = Tree.copy(listener);
        boolean matching = what.startsWith("filterChainMatch") || what.startsWith("transportSocket");
        for (int chain : matching ? chains.subList(0, 1) : chains) {
            change.accept(Tree.objects(copy, "filterChains").get(chain));
        }
        mutations.add(new Mutation(what, copy));
    }
}

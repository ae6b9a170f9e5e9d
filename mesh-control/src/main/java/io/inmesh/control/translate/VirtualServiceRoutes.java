package io.inmesh.control.translate;

import io.inmesh.control.config.Destination;
import io.inmesh.control.config.DirectResponse;
import io.inmesh.control.config.HeaderOperations;
import io.inmesh.control.config.HttpMatch;
import io.inmesh.control.config.HttpRoute;
import io.inmesh.control.config.Redirect;
import io.inmesh.control.config.Retries;
import io.inmesh.control.config.Rewrite;
import io.inmesh.control.config.RouteDestination;
import io.inmesh.control.config.StringMatch;
import io.inmesh.control.config.VirtualService;
import io.inmesh.control.state.Hosts;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.CoreBase.DataSource;
import io.inmesh.xds.envoy.CoreBase.RuntimeFractionalPercent;
import io.inmesh.xds.envoy.Matchers.RegexMatchAndSubstitute;
import io.inmesh.xds.envoy.RouteActions.ClusterWeight;
import io.inmesh.xds.envoy.RouteActions.DirectResponseAction;
import io.inmesh.xds.envoy.RouteActions.RedirectAction;
import io.inmesh.xds.envoy.RouteActions.RedirectResponseCode;
import io.inmesh.xds.envoy.RouteActions.RequestMirrorPolicy;
import io.inmesh.xds.envoy.RouteActions.RouteAction;
import io.inmesh.xds.envoy.RouteActions.WeightedCluster;
import io.inmesh.xds.envoy.Routes.Decorator;
import io.inmesh.xds.envoy.Routes.Route;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Bytes;
import io.inmesh.xds.wire.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A VirtualService's {@code http} list as Envoy's routes, for one port and one kind of client. */
final class VirtualServiceRoutes {

    private final PushContext context;
    private final Scopes.Outbound client;
    private final int port;
    private final HashPolicies hashes;
    private final Set<String> gateways;
    private final Map<String, String> labels;

    VirtualServiceRoutes(PushContext context, Scopes.Outbound client, int port) {
        this(context, client, port, Set.of("mesh"), client.labels());
    }

    /**
     * For a gateway.
     *
     * @param gateways that a match may name, fully qualified; {@code mesh} for sidecars
     * @param labels of the calling workload
     */
    VirtualServiceRoutes(
            PushContext context, Scopes.Outbound client, int port, Set<String> gateways, Map<String, String> labels) {
        this.context = context;
        this.client = client;
        this.port = port;
        this.gateways = gateways;
        this.labels = labels;
        this.hashes = new HashPolicies(context, client);
    }

    /** In order; what stands behind a route for every request can never match and is left out. Empty if nothing is for this client. */
    List<Message> of(VirtualService virtual) {
        List<Message> routes = new ArrayList<>();
        for (HttpRoute http : context.withDelegates(virtual).http()) {
            if (http.matches().isEmpty()) {
                routes.add(route(virtual, http, Optional.empty()));
                return routes;
            }
            for (HttpMatch match : http.matches()) {
                if (forThis(match, virtual.meta().namespace())) {
                    routes.add(route(virtual, http, Optional.of(match)));
                }
            }
        }
        return routes;
    }

    private boolean forThis(HttpMatch match, String namespaceOfGateways) {
        boolean port = match.port().isEmpty() || match.port().getAsInt() == this.port;
        boolean gateway = match.gateways().isEmpty()
                || match.gateways().stream()
                        .map(name ->
                                name.equals("mesh") || name.indexOf('/') >= 0 ? name : namespaceOfGateways + "/" + name)
                        .anyMatch(gateways::contains);
        boolean namespace = match.sourceNamespace().isEmpty()
                || match.sourceNamespace().get().equals(client.namespace());
        return port
                && gateway
                && namespace
                && labels.entrySet().containsAll(match.sourceLabels().entrySet());
    }

    private Message route(VirtualService virtual, HttpRoute http, Optional<HttpMatch> match) {
        Message routeMatch = match.map(RouteMatches::of).orElse(RouteMatches.ALL);
        List<String> explicit = new ArrayList<>();
        http.timeout().ifPresent(timeout -> explicit.add("timeout"));
        http.retries().ifPresent(retries -> explicit.addAll(written(retries)));
        http.fault().ifPresent(fault -> explicit.add("fault"));
        Message route = Message.of(Route.TYPE)
                .with(Route.NAME, name(http, match))
                .with(Route.MATCH, routeMatch)
                .with(Route.METADATA, Provenance.route(virtual.meta(), http.origin(), explicit))
                .with(Route.DECORATOR, decorator(virtual, http, match));
        route = HeaderTranslation.onRoute(route, http.headers());
        route = route.with(Route.TYPED_PER_FILTER_CONFIG, perFilter(http));
        String statPrefix = match.flatMap(HttpMatch::statPrefix).orElse("");
        route = route.with(Route.STAT_PREFIX, statPrefix);
        if (http.redirect().isPresent()) {
            return route.with(Route.REDIRECT, redirect(http.redirect().get()));
        }
        if (http.directResponse().isPresent()) {
            return route.with(
                    Route.DIRECT_RESPONSE, directResponse(http.directResponse().get()));
        }
        return destinations(route, virtual, http);
    }

    private static List<String> written(Retries retries) {
        List<String> paths = new ArrayList<>();
        // Istio takes a missing number for 0, which switches retries off: it is said either way.
        paths.add("retries.attempts");
        retries.perTryTimeout().ifPresent(value -> paths.add("retries.perTryTimeout"));
        retries.retryOn().ifPresent(value -> paths.add("retries.retryOn"));
        retries.backoff().ifPresent(value -> paths.add("retries.backoff"));
        return paths;
    }

    private static String name(HttpRoute http, Optional<HttpMatch> match) {
        String matchName = match.map(HttpMatch::name).orElse("");
        return matchName.isEmpty() ? http.name() : http.name() + "." + matchName;
    }

    private static Map<String, Message> perFilter(HttpRoute http) {
        Map<String, Message> configs = new LinkedHashMap<>();
        http.fault().ifPresent(fault -> configs.put(HttpFilters.FAULT, Any.pack(FaultTranslation.of(fault))));
        http.cors().ifPresent(cors -> configs.put(HttpFilters.CORS, Any.pack(CorsTranslation.of(cors))));
        return configs;
    }

    private Message decorator(VirtualService virtual, HttpRoute http, Optional<HttpMatch> match) {
        String called = http.destinations().size() == 1
                ? hostOf(http.destinations().get(0).destination(), virtual)
                : virtual.meta().name();
        return Message.of(Decorator.TYPE)
                .with(Decorator.OPERATION, called + ":" + port + pathOf(match.flatMap(HttpMatch::uri)));
    }

    private static String pathOf(Optional<StringMatch> uri) {
        return uri.map(path -> path.kind() == StringMatch.Kind.PREFIX ? path.value() + "*" : path.value())
                .orElse("/*");
    }

    private Message destinations(Message route, VirtualService virtual, HttpRoute http) {
        List<RouteDestination> some = http.destinations();
        List<Message> hashPolicies = hashes.of(
                hostOf(some.get(0).destination(), virtual),
                portOf(some.get(0).destination(), virtual),
                some.get(0).destination().subset().orElse(""));
        Message action = Message.of(RouteAction.TYPE)
                .with(RouteAction.TIMEOUT, http.timeout().orElse(Duration.ZERO))
                .with(RouteAction.MAX_GRPC_TIMEOUT, http.timeout().orElse(Duration.ZERO))
                .with(RouteAction.HASH_POLICY, hashPolicies)
                .with(
                        RouteAction.RETRY_POLICY,
                        RetryTranslation.of(
                                        http.retries().or(() -> context.settings()
                                                .calls()
                                                .retries()),
                                        !hashPolicies.isEmpty())
                                .orElse(null))
                .with(RouteAction.REQUEST_MIRROR_POLICIES, mirrors(virtual, http));
        action = rewritten(action, http);
        if (some.size() == 1) {
            action = action.with(RouteAction.CLUSTER, cluster(some.get(0).destination(), virtual));
            return HeaderTranslation.onRoute(route, merged(http, some.get(0))).with(Route.ROUTE, action);
        }
        return route.with(Route.ROUTE, action.with(RouteAction.WEIGHTED_CLUSTERS, weighted(virtual, some)));
    }

    private Message weighted(VirtualService virtual, List<RouteDestination> destinations) {
        List<Message> clusters = new ArrayList<>();
        for (RouteDestination destination : destinations) {
            if (destination.weight() > 0) {
                Message weight = Message.of(ClusterWeight.TYPE)
                        .with(ClusterWeight.NAME, cluster(destination.destination(), virtual))
                        .with(ClusterWeight.WEIGHT, (long) destination.weight());
                clusters.add(HeaderTranslation.onCluster(weight, destination.headers()));
            }
        }
        return Message.of(WeightedCluster.TYPE).with(WeightedCluster.CLUSTERS, clusters);
    }

    private List<Message> mirrors(VirtualService virtual, HttpRoute http) {
        return http.mirrors().stream()
                .map(mirror -> Message.of(RequestMirrorPolicy.TYPE)
                        .with(RequestMirrorPolicy.CLUSTER, cluster(mirror.destination(), virtual))
                        .with(
                                RequestMirrorPolicy.RUNTIME_FRACTION,
                                Message.of(RuntimeFractionalPercent.TYPE)
                                        .with(
                                                RuntimeFractionalPercent.DEFAULT_VALUE,
                                                Messages.fraction(mirror.percentage())))
                        .with(RequestMirrorPolicy.TRACE_SAMPLED, false)
                        .with(RequestMirrorPolicy.DISABLE_SHADOW_HOST_SUFFIX_APPEND, true))
                .toList();
    }

    private static Message rewritten(Message action, HttpRoute http) {
        Optional<String> host = HeaderTranslation.host(http.headers());
        Message changed = host.isPresent() ? action.with(RouteAction.HOST_REWRITE_LITERAL, host.get()) : action;
        if (http.rewrite().isEmpty()) {
            return changed;
        }
        Rewrite rewrite = http.rewrite().get();
        if (rewrite.authority().isPresent()) {
            changed = changed.with(
                    RouteAction.HOST_REWRITE_LITERAL, rewrite.authority().get());
        }
        if (rewrite.uriRegexRewrite().isPresent()) {
            Rewrite.RegexRewrite regex = rewrite.uriRegexRewrite().get();
            return changed.with(
                    RouteAction.REGEX_REWRITE,
                    Message.of(RegexMatchAndSubstitute.TYPE)
                            .with(RegexMatchAndSubstitute.PATTERN, StringMatches.regexMatcher(regex.match()))
                            .with(RegexMatchAndSubstitute.SUBSTITUTION, regex.rewrite()));
        }
        return changed.with(RouteAction.PREFIX_REWRITE, rewrite.uri().orElse(null));
    }

    private Message redirect(Redirect redirect) {
        Message action = Message.of(RedirectAction.TYPE)
                .with(RedirectAction.HOST_REDIRECT, redirect.authority().orElse(""))
                .with(RedirectAction.PATH_REDIRECT, redirect.uri().orElse(null))
                .with(
                        RedirectAction.PREFIX_REWRITE,
                        redirect.uri().isPresent()
                                ? null
                                : redirect.prefixRewrite().orElse(null))
                .with(RedirectAction.SCHEME_REDIRECT, redirect.scheme().orElse(null))
                .with(RedirectAction.RESPONSE_CODE, code(redirect.redirectCode()));
        // Envoy cannot derive a port from a request; but routes are made for a port.
        long called = redirect.portOfRequest() ? port : 0;
        return action.with(
                RedirectAction.PORT_REDIRECT,
                redirect.port().isPresent() ? redirect.port().getAsInt() : called);
    }

    private static RedirectResponseCode code(int status) {
        return switch (status) {
            case 302 -> RedirectResponseCode.FOUND;
            case 303 -> RedirectResponseCode.SEE_OTHER;
            case 307 -> RedirectResponseCode.TEMPORARY_REDIRECT;
            case 308 -> RedirectResponseCode.PERMANENT_REDIRECT;
            default -> RedirectResponseCode.MOVED_PERMANENTLY;
        };
    }

    private static Message directResponse(DirectResponse response) {
        return Message.of(DirectResponseAction.TYPE)
                .with(DirectResponseAction.STATUS, (long) response.status())
                .with(DirectResponseAction.BODY, response.body().length() == 0 ? null : body(response.body()));
    }

    /** As text where it is text, as istiod writes what an operator wrote as text. */
    private static Message body(Bytes body) {
        String text = body.utf8();
        return Bytes.utf8(text).equals(body)
                ? Message.of(DataSource.TYPE).with(DataSource.INLINE_STRING, text)
                : Message.of(DataSource.TYPE).with(DataSource.INLINE_BYTES, body);
    }

    private static HeaderOperations merged(HttpRoute http, RouteDestination only) {
        return http.headers().and(only.headers());
    }

    private String cluster(Destination destination, VirtualService virtual) {
        String host = hostOf(destination, virtual);
        return XdsNames.outboundCluster(
                portOf(destination, virtual), destination.subset().orElse(""), host);
    }

    private String hostOf(Destination destination, VirtualService virtual) {
        return Hosts.qualify(
                destination.host(),
                virtual.meta().namespace(),
                context.settings().clusterDomain());
    }

    /** The written port; else for gateways the only one of the destination; else the one that was called, even if it has none such. */
    private int portOf(Destination destination, VirtualService virtual) {
        if (destination.port().isPresent()) {
            return destination.port().getAsInt();
        }
        return context.service(hostOf(destination, virtual))
                .filter(service -> !gateways.contains("mesh") && service.ports().size() == 1)
                .map(service -> service.ports().get(0).number())
                .orElse(port);
    }
}

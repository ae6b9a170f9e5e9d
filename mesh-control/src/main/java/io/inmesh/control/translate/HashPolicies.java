package io.inmesh.control.translate;

import io.inmesh.control.config.LoadBalancer.ConsistentHash;
import io.inmesh.control.state.PushContext;
import io.inmesh.xds.envoy.RouteActions.ConnectionProperties;
import io.inmesh.xds.envoy.RouteActions.Cookie;
import io.inmesh.xds.envoy.RouteActions.CookieAttribute;
import io.inmesh.xds.envoy.RouteActions.HashPolicy;
import io.inmesh.xds.envoy.RouteActions.Header;
import io.inmesh.xds.envoy.RouteActions.QueryParameter;
import io.inmesh.xds.wire.Message;
import java.util.List;

/** DestinationRule {@code consistentHash}: what of the request is hashed stands on the route, the table on the cluster. */
final class HashPolicies {

    private final PushContext context;
    private final Scopes.Outbound client;

    HashPolicies(PushContext context, Scopes.Outbound client) {
        this.context = context;
        this.client = client;
    }

    /** For routes to a subset of a host's port; empty if it is not chosen by hash. */
    List<Message> of(String host, int port, String subset) {
        return context.service(host)
                .map(service -> EffectivePolicy.of(context, client.namespace(), service, port, subset))
                .flatMap(EffectivePolicy::loadBalancer)
                .flatMap(balancer -> balancer.consistentHash())
                .map(hash -> List.of(policy(hash)))
                .orElse(List.of());
    }

    private static Message policy(ConsistentHash hash) {
        Message policy = Message.of(HashPolicy.TYPE);
        if (hash.httpHeaderName().isPresent()) {
            return policy.with(
                    HashPolicy.HEADER,
                    Message.of(Header.TYPE)
                            .with(Header.HEADER_NAME, hash.httpHeaderName().get()));
        }
        if (hash.httpCookie().isPresent()) {
            ConsistentHash.Cookie cookie = hash.httpCookie().get();
            return policy.with(
                    HashPolicy.COOKIE,
                    Message.of(Cookie.TYPE)
                            .with(Cookie.NAME, cookie.name())
                            .with(Cookie.PATH, cookie.path())
                            .with(Cookie.TTL, cookie.ttl().orElse(null))
                            .with(
                                    Cookie.ATTRIBUTES,
                                    cookie.attributes().stream()
                                            .map(attribute -> Message.of(CookieAttribute.TYPE)
                                                    .with(CookieAttribute.NAME, attribute.name())
                                                    .with(CookieAttribute.VALUE, attribute.value()))
                                            .toList()));
        }
        if (hash.httpQueryParameterName().isPresent()) {
            return policy.with(
                    HashPolicy.QUERY_PARAMETER,
                    Message.of(QueryParameter.TYPE)
                            .with(
                                    QueryParameter.NAME,
                                    hash.httpQueryParameterName().get()));
        }
        return policy.with(
                HashPolicy.CONNECTION_PROPERTIES,
                Message.of(ConnectionProperties.TYPE).with(ConnectionProperties.SOURCE_IP, true));
    }
}

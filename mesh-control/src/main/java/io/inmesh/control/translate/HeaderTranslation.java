package io.inmesh.control.translate;

import io.inmesh.control.config.HeaderOperations;
import io.inmesh.xds.envoy.CoreBase.HeaderAppendAction;
import io.inmesh.xds.envoy.CoreBase.HeaderValue;
import io.inmesh.xds.envoy.CoreBase.HeaderValueOption;
import io.inmesh.xds.envoy.RouteActions.ClusterWeight;
import io.inmesh.xds.envoy.Routes.Route;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** VirtualService {@code headers}, of a route and of one of its destinations. */
final class HeaderTranslation {

    private HeaderTranslation() {}

    static Message onRoute(Message route, HeaderOperations headers) {
        return route.with(Route.REQUEST_HEADERS_TO_ADD, added(headers.request()))
                .with(Route.REQUEST_HEADERS_TO_REMOVE, headers.request().remove())
                .with(Route.RESPONSE_HEADERS_TO_ADD, added(headers.response()))
                .with(Route.RESPONSE_HEADERS_TO_REMOVE, headers.response().remove());
    }

    static Message onCluster(Message weight, HeaderOperations headers) {
        Message changed = weight.with(ClusterWeight.REQUEST_HEADERS_TO_ADD, added(headers.request()))
                .with(ClusterWeight.REQUEST_HEADERS_TO_REMOVE, headers.request().remove())
                .with(ClusterWeight.RESPONSE_HEADERS_TO_ADD, added(headers.response()))
                .with(
                        ClusterWeight.RESPONSE_HEADERS_TO_REMOVE,
                        headers.response().remove());
        return host(headers)
                .map(host -> changed.with(ClusterWeight.HOST_REWRITE_LITERAL, host))
                .orElse(changed);
    }

    /** Setting the host header is a rewrite of the authority; Envoy refuses it as a header. */
    static Optional<String> host(HeaderOperations headers) {
        return headers.request().set().entrySet().stream()
                .filter(header -> isHost(header.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static List<Message> added(HeaderOperations.Changes changes) {
        List<Message> options = new ArrayList<>();
        new TreeMap<>(changes.set()).forEach((name, value) -> {
            if (forwardable(name)) {
                options.add(option(name, value)
                        .with(HeaderValueOption.APPEND_ACTION, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD));
            }
        });
        new TreeMap<>(changes.add()).forEach((name, value) -> {
            if (forwardable(name)) {
                options.add(option(name, value));
            }
        });
        return options;
    }

    private static boolean forwardable(String name) {
        return !isHost(name) && !name.startsWith(":");
    }

    private static boolean isHost(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("host") || lower.equals(":authority");
    }

    private static Message option(String name, String value) {
        return Message.of(HeaderValueOption.TYPE)
                .with(
                        HeaderValueOption.HEADER,
                        Message.of(HeaderValue.TYPE).with(HeaderValue.KEY, name).with(HeaderValue.VALUE, value));
    }
}

package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Routes;
import io.inmesh.xds.envoy.Routes.Decorator;
import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.Metadata;
import io.inmesh.xds.model.route.Route;
import io.inmesh.xds.model.route.RouteAction;
import io.inmesh.xds.model.route.RouteConfiguration;
import io.inmesh.xds.model.route.VirtualHost;

/** {@code RouteConfiguration}, {@code VirtualHost}, {@code Route}. */
final class RouteConfigurationDecoder {

    private static final long DEFAULT_MAX_BODY = 4096;

    private RouteConfigurationDecoder() {}

    static RouteConfiguration decode(Fields fields) {
        // Whether Envoy should refuse routes to clusters that it does not know; ours are looked up with each request.
        fields.ignore(Routes.RouteConfiguration.VALIDATE_CLUSTERS);
        // The resource cache puts in virtual hosts that come by themselves.
        fields.ignore(Routes.RouteConfiguration.VHDS);
        return new RouteConfiguration(
                fields.get(Routes.RouteConfiguration.NAME),
                fields.each(Routes.RouteConfiguration.VIRTUAL_HOSTS, RouteConfigurationDecoder::virtualHost),
                configurationHeaders(fields),
                fields.get(Routes.RouteConfiguration.IGNORE_PORT_IN_HOST_MATCHING),
                fields.get(Routes.RouteConfiguration.MOST_SPECIFIC_HEADER_MUTATIONS_WINS),
                fields.or(Routes.RouteConfiguration.MAX_DIRECT_RESPONSE_BODY_SIZE_BYTES, DEFAULT_MAX_BODY),
                fields.eachExtension(
                        Routes.RouteConfiguration.TYPED_PER_FILTER_CONFIG, PerFilterConfigDecoder::decode));
    }

    private static VirtualHost virtualHost(Fields fields) {
        return new VirtualHost(
                fields.get(Routes.VirtualHost.NAME),
                fields.get(Routes.VirtualHost.DOMAINS),
                fields.each(Routes.VirtualHost.ROUTES, RouteConfigurationDecoder::route),
                switch (fields.get(Routes.VirtualHost.REQUIRE_TLS)) {
                    case NONE -> VirtualHost.TlsRequirement.NONE;
                    case EXTERNAL_ONLY -> VirtualHost.TlsRequirement.EXTERNAL_ONLY;
                    case ALL -> VirtualHost.TlsRequirement.ALL;
                },
                virtualHostHeaders(fields),
                fields.get(Routes.VirtualHost.INCLUDE_REQUEST_ATTEMPT_COUNT),
                fields.get(Routes.VirtualHost.INCLUDE_ATTEMPT_COUNT_IN_RESPONSE),
                fields.nestedOrNull(Routes.VirtualHost.RETRY_POLICY, RetryPolicyDecoder::decode),
                fields.eachExtension(Routes.VirtualHost.TYPED_PER_FILTER_CONFIG, PerFilterConfigDecoder::decode),
                fields.nestedOr(Routes.VirtualHost.METADATA, Metadata.EMPTY, CommonDecoder::metadata));
    }

    private static Route route(Fields fields) {
        return new Route(
                fields.get(Routes.Route.NAME),
                fields.nested(Routes.Route.MATCH, RouteMatchDecoder::decode),
                action(fields),
                routeHeaders(fields),
                fields.eachExtension(Routes.Route.TYPED_PER_FILTER_CONFIG, PerFilterConfigDecoder::decode),
                fields.nestedOr(Routes.Route.METADATA, Metadata.EMPTY, CommonDecoder::metadata),
                fields.nestedOrNull(Routes.Route.DECORATOR, decorator -> decorator.get(Decorator.OPERATION)));
    }

    private static RouteAction action(Fields fields) {
        if (fields.has(Routes.Route.ROUTE)) {
            return fields.nested(Routes.Route.ROUTE, ForwardDecoder::decode);
        } else if (fields.has(Routes.Route.REDIRECT)) {
            return fields.nested(Routes.Route.REDIRECT, LocalActionDecoder::redirect);
        } else if (fields.has(Routes.Route.DIRECT_RESPONSE)) {
            return fields.nested(Routes.Route.DIRECT_RESPONSE, LocalActionDecoder::directResponse);
        } else if (fields.has(Routes.Route.NON_FORWARDING_ACTION)) {
            return fields.nested(Routes.Route.NON_FORWARDING_ACTION, nothing -> new RouteAction.NonForwarding());
        }
        return new RouteAction.Unsupported("action");
    }

    private static HeaderMutations configurationHeaders(Fields fields) {
        return CommonDecoder.headers(
                fields,
                Routes.RouteConfiguration.REQUEST_HEADERS_TO_ADD,
                Routes.RouteConfiguration.REQUEST_HEADERS_TO_REMOVE,
                Routes.RouteConfiguration.RESPONSE_HEADERS_TO_ADD,
                Routes.RouteConfiguration.RESPONSE_HEADERS_TO_REMOVE);
    }

    private static HeaderMutations virtualHostHeaders(Fields fields) {
        return CommonDecoder.headers(
                fields,
                Routes.VirtualHost.REQUEST_HEADERS_TO_ADD,
                Routes.VirtualHost.REQUEST_HEADERS_TO_REMOVE,
                Routes.VirtualHost.RESPONSE_HEADERS_TO_ADD,
                Routes.VirtualHost.RESPONSE_HEADERS_TO_REMOVE);
    }

    private static HeaderMutations routeHeaders(Fields fields) {
        return CommonDecoder.headers(
                fields,
                Routes.Route.REQUEST_HEADERS_TO_ADD,
                Routes.Route.REQUEST_HEADERS_TO_REMOVE,
                Routes.Route.RESPONSE_HEADERS_TO_ADD,
                Routes.Route.RESPONSE_HEADERS_TO_REMOVE);
    }
}

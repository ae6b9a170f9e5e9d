package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.CoreProtocol;
import io.inmesh.xds.envoy.Cors;
import io.inmesh.xds.envoy.Faults.HTTPFault;
import io.inmesh.xds.envoy.HttpManagers;
import io.inmesh.xds.envoy.HttpManagers.HttpConnectionManager;
import io.inmesh.xds.envoy.HttpManagers.Rds;
import io.inmesh.xds.envoy.HttpManagers.Router;
import io.inmesh.xds.envoy.HttpManagers.SetCurrentClientCertDetails;
import io.inmesh.xds.envoy.HttpManagers.UpgradeConfig;
import io.inmesh.xds.envoy.JwtAuthns;
import io.inmesh.xds.envoy.Rbacs;
import io.inmesh.xds.model.listener.ForwardedClient;
import io.inmesh.xds.model.listener.ForwardedClient.ForwardClientCert;
import io.inmesh.xds.model.listener.ForwardedClient.SetCurrentClientCert;
import io.inmesh.xds.model.listener.HttpFilter;
import io.inmesh.xds.model.listener.PathNormalization;
import io.inmesh.xds.model.listener.PathNormalization.EscapedSlashes;
import io.inmesh.xds.model.listener.RouteSpecifier;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@code HttpConnectionManager} and its filters. */
final class HttpManagerDecoder {

    private static final Duration DEFAULT_STREAM_IDLE_TIMEOUT = Duration.ofMinutes(5);
    private static final SetCurrentClientCert NOTHING_MORE =
            new SetCurrentClientCert(false, false, false, false, false);

    private HttpManagerDecoder() {}

    static io.inmesh.xds.model.listener.HttpConnectionManager decode(String name, Fields fields) {
        String serverName = fields.get(HttpConnectionManager.SERVER_NAME);
        return new io.inmesh.xds.model.listener.HttpConnectionManager(
                name,
                routes(fields),
                fields.each(HttpConnectionManager.HTTP_FILTERS, HttpManagerDecoder::filter),
                forwardedClient(fields),
                pathNormalization(fields),
                fields.or(HttpConnectionManager.STREAM_IDLE_TIMEOUT, DEFAULT_STREAM_IDLE_TIMEOUT),
                fields.or(HttpConnectionManager.REQUEST_TIMEOUT, Duration.ZERO),
                maxStreamDuration(fields),
                serverName.isEmpty() ? "envoy" : serverName,
                upgradeTypes(fields));
    }

    private static RouteSpecifier routes(Fields fields) {
        if (fields.has(HttpConnectionManager.RDS)) {
            return fields.nested(HttpConnectionManager.RDS, rds -> {
                // There is one stream for everything, whatever the source says.
                rds.ignore(Rds.CONFIG_SOURCE);
                return new RouteSpecifier.Rds(rds.get(Rds.ROUTE_CONFIG_NAME));
            });
        } else if (fields.has(HttpConnectionManager.ROUTE_CONFIG)) {
            return new RouteSpecifier.Inline(
                    fields.nested(HttpConnectionManager.ROUTE_CONFIG, RouteConfigurationDecoder::decode));
        }
        return new RouteSpecifier.Unsupported("route_specifier");
    }

    private static HttpFilter filter(Fields fields) {
        String name = fields.get(HttpManagers.HttpFilter.NAME);
        boolean disabled = fields.get(HttpManagers.HttpFilter.DISABLED);
        // Whether Envoy may start without having the filter; we always do.
        fields.ignore(HttpManagers.HttpFilter.IS_OPTIONAL);
        Extension config = fields.extension(HttpManagers.HttpFilter.TYPED_CONFIG);
        if (config.holds(Router.TYPE)) {
            return config.decode(Router.TYPE, nothing -> new HttpFilter.Router(name, disabled));
        } else if (config.holds(HTTPFault.TYPE)) {
            return new HttpFilter.Fault(name, disabled, config.decode(HTTPFault.TYPE, PerFilterConfigDecoder::fault));
        } else if (config.holds(Cors.CorsFilter.TYPE)) {
            String typeUrl = config.typeUrl();
            return config.decode(Cors.CorsFilter.TYPE, nothing -> new HttpFilter.Other(name, disabled, typeUrl, false));
        } else if (config.holds(Rbacs.HttpRbac.TYPE)) {
            return new HttpFilter.HttpRbac(name, disabled, config.decode(Rbacs.HttpRbac.TYPE, RbacDecoder::http));
        } else if (config.holds(JwtAuthns.JwtAuthentication.TYPE)) {
            return new HttpFilter.JwtAuthn(
                    name, disabled, config.decode(JwtAuthns.JwtAuthentication.TYPE, JwtDecoder::decode));
        }
        config.unsupported();
        return new HttpFilter.Other(name, disabled, config.typeUrl(), FilterKinds.maySecure(config));
    }

    private static ForwardedClient forwardedClient(Fields fields) {
        return new ForwardedClient(
                fields.or(HttpConnectionManager.USE_REMOTE_ADDRESS, false),
                fields.get(HttpConnectionManager.XFF_NUM_TRUSTED_HOPS),
                fields.get(HttpConnectionManager.SKIP_XFF_APPEND),
                switch (fields.get(HttpConnectionManager.FORWARD_CLIENT_CERT_DETAILS)) {
                    case SANITIZE -> ForwardClientCert.SANITIZE;
                    case FORWARD_ONLY -> ForwardClientCert.FORWARD_ONLY;
                    case APPEND_FORWARD -> ForwardClientCert.APPEND_FORWARD;
                    case SANITIZE_SET -> ForwardClientCert.SANITIZE_SET;
                    case ALWAYS_FORWARD_ONLY -> ForwardClientCert.ALWAYS_FORWARD_ONLY;
                },
                fields.nestedOr(
                        HttpConnectionManager.SET_CURRENT_CLIENT_CERT_DETAILS,
                        NOTHING_MORE,
                        details -> new SetCurrentClientCert(
                                details.or(SetCurrentClientCertDetails.SUBJECT, false),
                                details.get(SetCurrentClientCertDetails.CERT),
                                details.get(SetCurrentClientCertDetails.CHAIN),
                                details.get(SetCurrentClientCertDetails.DNS),
                                details.get(SetCurrentClientCertDetails.URI))));
    }

    private static PathNormalization pathNormalization(Fields fields) {
        return new PathNormalization(
                fields.or(HttpConnectionManager.NORMALIZE_PATH, false),
                fields.get(HttpConnectionManager.MERGE_SLASHES),
                switch (fields.get(HttpConnectionManager.PATH_WITH_ESCAPED_SLASHES_ACTION)) {
                    case IMPLEMENTATION_SPECIFIC_DEFAULT -> EscapedSlashes.IMPLEMENTATION_SPECIFIC_DEFAULT;
                    case KEEP_UNCHANGED -> EscapedSlashes.KEEP_UNCHANGED;
                    case REJECT_REQUEST -> EscapedSlashes.REJECT_REQUEST;
                    case UNESCAPE_AND_REDIRECT -> EscapedSlashes.UNESCAPE_AND_REDIRECT;
                    case UNESCAPE_AND_FORWARD -> EscapedSlashes.UNESCAPE_AND_FORWARD;
                });
    }

    private static @Nullable Duration maxStreamDuration(Fields fields) {
        return fields.nestedOrNull(
                HttpConnectionManager.COMMON_HTTP_PROTOCOL_OPTIONS,
                common -> common.orNull(CoreProtocol.HttpProtocolOptions.MAX_STREAM_DURATION));
    }

    private static Set<String> upgradeTypes(Fields fields) {
        return fields
                .eachIf(HttpConnectionManager.UPGRADE_CONFIGS, upgrade -> {
                    String type = upgrade.get(UpgradeConfig.UPGRADE_TYPE).toLowerCase(Locale.ROOT);
                    return upgrade.or(UpgradeConfig.ENABLED, true) ? Optional.of(type) : Optional.empty();
                })
                .stream()
                .collect(Collectors.toSet());
    }
}

package io.inmesh.conformance.inbound;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.grpc_stats.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.listener.original_dst.v3.OriginalDst;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.inmesh.conformance.config.Json;
import io.inmesh.conformance.config.Tree;
import io.inmesh.xds.decode.ResourceDecoder;
import io.inmesh.xds.wire.Bytes;
import java.util.List;
import java.util.Map;

/** A listener's JSON through Envoy's own message classes into our decoder: whatever is misspelt is refused on the way. */
final class InboundProtos {

    private static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(List.of(
                    Cors.getDescriptor(),
                    ExtAuthz.getDescriptor(),
                    HTTPFault.getDescriptor(),
                    FilterConfig.getDescriptor(),
                    JwtAuthentication.getDescriptor(),
                    RBAC.getDescriptor(),
                    io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor(),
                    Router.getDescriptor(),
                    HttpInspector.getDescriptor(),
                    OriginalDst.getDescriptor(),
                    TlsInspector.getDescriptor(),
                    HttpConnectionManager.getDescriptor(),
                    TcpProxy.getDescriptor(),
                    UriTemplateMatchConfig.getDescriptor(),
                    UuidRequestIdConfig.getDescriptor(),
                    DownstreamTlsContext.getDescriptor()))
            .build();

    private InboundProtos() {}

    static io.inmesh.xds.model.listener.Listener decode(Map<String, Object> tree) {
        Map<String, Object> copy = Tree.copy(tree);
        copy.remove("@type");
        Listener.Builder builder = Listener.newBuilder();
        try {
            JsonFormat.parser().usingTypeRegistry(TYPES).merge(Json.print(copy), builder);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e.getMessage() + " in " + copy, e);
        }
        return ResourceDecoder.LISTENERS
                .decode(Bytes.copyOf(builder.build().toByteArray()))
                .orThrow();
    }
}

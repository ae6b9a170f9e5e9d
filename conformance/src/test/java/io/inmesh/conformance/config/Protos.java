package io.inmesh.conformance.config;

import com.google.protobuf.Any;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.envoyproxy.envoy.extensions.access_loggers.file.v3.FileAccessLog;
import io.envoyproxy.envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.grpc_stats.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.http_inspector.v3.HttpInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig;
import io.envoyproxy.envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import java.util.List;
import java.util.Map;

/** JSON trees to Envoy's own message classes and back: whatever is misspelt is refused here. */
public final class Protos {

    private static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(List.of(
                    CaresDnsResolverConfig.getDescriptor(),
                    Cors.getDescriptor(),
                    FilterConfig.getDescriptor(),
                    HTTPFault.getDescriptor(),
                    DownstreamTlsContext.getDescriptor(),
                    ExpressionFilter.getDescriptor(),
                    FileAccessLog.getDescriptor(),
                    HttpConnectionManager.getDescriptor(),
                    HttpInspector.getDescriptor(),
                    NewerEnvoy.httpProtocolOptions(),
                    PreviousHostsPredicate.getDescriptor(),
                    PreviousPrioritiesConfig.getDescriptor(),
                    RawBuffer.getDescriptor(),
                    Router.getDescriptor(),
                    TcpProxy.getDescriptor(),
                    UpstreamTlsContext.getDescriptor(),
                    UuidRequestIdConfig.getDescriptor()))
            .build();

    private Protos() {}

    /** A response of ADS with these resources. */
    static byte[] response(ResourceKind kind, List<Map<String, Object>> resources) {
        DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder()
                .setTypeUrl(kind.typeUrl())
                .setVersionInfo("1")
                .setNonce("1");
        for (Map<String, Object> resource : resources) {
            response.addResources(Any.newBuilder()
                    .setTypeUrl(kind.typeUrl())
                    .setValue(message(kind, resource).toByteString()));
        }
        return response.build().toByteArray();
    }

    /** The same resource in the captures' spelling, whatever spelling it was written in. */
    static Map<String, Object> normalized(ResourceKind kind, Map<String, Object> resource) {
        try {
            return Json.parse(JsonFormat.printer().usingTypeRegistry(TYPES).print(message(kind, resource)));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(kind + " " + resource, e);
        }
    }

    /** One resource as bytes. */
    static byte[] bytes(ResourceKind kind, Map<String, Object> resource) {
        return message(kind, resource).toByteArray();
    }

    /** What an Any holds; one of the types that configurations of rows use. */
    public static Message unpacked(Any any) throws InvalidProtocolBufferException {
        return DynamicMessage.parseFrom(TYPES.getDescriptorForTypeUrl(any.getTypeUrl()), any.getValue());
    }

    static Message message(ResourceKind kind, Map<String, Object> resource) {
        Map<String, Object> tree = Tree.copy(resource);
        tree.remove("@type");
        Message.Builder builder = kind.builder();
        try {
            JsonFormat.parser().usingTypeRegistry(TYPES).merge(Json.print(tree), builder);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e.getMessage() + " in " + kind + " " + resource, e);
        }
        return builder.build();
    }
}

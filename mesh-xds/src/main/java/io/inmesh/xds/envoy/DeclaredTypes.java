package io.inmesh.xds.envoy;

import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.Struct;
import io.inmesh.xds.wire.TypeRegistry;
import java.util.List;
import java.util.stream.Stream;

/** Every message of Envoy and Istio that is declared here, so that what is in an {@code Any} can be found and printed. */
public final class DeclaredTypes {

    /** All of them. */
    public static final TypeRegistry REGISTRY =
            new TypeRegistry(Stream.of(core(), routes(), clusters(), listeners(), security(), admin(), others())
                    .flatMap(List::stream)
                    .toList());

    private DeclaredTypes() {}

    private static List<MessageType> core() {
        return List.of(
                CoreBase.Node.TYPE,
                CoreBase.ControlPlane.TYPE,
                CoreBase.Locality.TYPE,
                CoreBase.Metadata.TYPE,
                CoreBase.HeaderValue.TYPE,
                CoreBase.HeaderValueOption.TYPE,
                CoreBase.DataSource.TYPE,
                CoreBase.RuntimeFractionalPercent.TYPE,
                CoreBase.RuntimeDouble.TYPE,
                CoreBase.TransportSocket.TYPE,
                CoreBase.TypedExtensionConfig.TYPE,
                CoreBase.HttpUri.TYPE,
                CoreAddress.Address.TYPE,
                CoreAddress.SocketAddress.TYPE,
                CoreAddress.CidrRange.TYPE,
                CoreAddress.BindConfig.TYPE,
                CoreAddress.TcpKeepalive.TYPE,
                CoreConfigSource.ConfigSource.TYPE,
                CoreConfigSource.AggregatedConfigSource.TYPE,
                CoreConfigSource.SelfConfigSource.TYPE,
                CoreConfigSource.ApiConfigSource.TYPE,
                CoreConfigSource.GrpcService.TYPE,
                CoreConfigSource.EnvoyGrpc.TYPE,
                CoreProtocol.HttpProtocolOptions.TYPE,
                CoreProtocol.Http1ProtocolOptions.TYPE,
                CoreProtocol.Http2ProtocolOptions.TYPE,
                CoreProtocol.KeepaliveSettings.TYPE,
                Percents.Percent.TYPE,
                Percents.FractionalPercent.TYPE,
                Percents.Int32Range.TYPE,
                Percents.Int64Range.TYPE,
                Percents.DoubleRange.TYPE,
                Matchers.StringMatcher.TYPE,
                Matchers.RegexMatcher.TYPE,
                Matchers.RegexMatchAndSubstitute.TYPE,
                Matchers.PathMatcher.TYPE,
                Matchers.DoubleMatcher.TYPE,
                Matchers.ValueMatcher.TYPE,
                Matchers.NullMatch.TYPE,
                Matchers.ListMatcher.TYPE,
                Matchers.OrMatcher.TYPE,
                Matchers.MetadataMatcher.TYPE,
                Matchers.PathSegment.TYPE,
                Matchers.FilterStateMatcher.TYPE);
    }

    private static List<MessageType> routes() {
        return List.of(
                Routes.RouteConfiguration.TYPE,
                Routes.VirtualHost.TYPE,
                Routes.Route.TYPE,
                Routes.RouteMatch.TYPE,
                Routes.GrpcRouteMatchOptions.TYPE,
                Routes.HeaderMatcher.TYPE,
                Routes.QueryParameterMatcher.TYPE,
                Routes.Decorator.TYPE,
                Routes.FilterConfig.TYPE,
                Routes.NonForwardingAction.TYPE,
                RouteActions.RouteAction.TYPE,
                RouteActions.MaxStreamDuration.TYPE,
                RouteActions.RequestMirrorPolicy.TYPE,
                RouteActions.HashPolicy.TYPE,
                RouteActions.Header.TYPE,
                RouteActions.Cookie.TYPE,
                RouteActions.CookieAttribute.TYPE,
                RouteActions.ConnectionProperties.TYPE,
                RouteActions.QueryParameter.TYPE,
                RouteActions.WeightedCluster.TYPE,
                RouteActions.ClusterWeight.TYPE,
                RouteActions.RedirectAction.TYPE,
                RouteActions.DirectResponseAction.TYPE,
                RetryPolicies.RetryPolicy.TYPE,
                RetryPolicies.RetryPriority.TYPE,
                RetryPolicies.RetryHostPredicate.TYPE,
                RetryPolicies.RetryBackOff.TYPE,
                RetryPolicies.PreviousHostsPredicate.TYPE,
                RetryPolicies.PreviousPrioritiesConfig.TYPE,
                Cors.CorsFilter.TYPE,
                Cors.CorsPolicy.TYPE,
                Faults.HTTPFault.TYPE,
                Faults.FaultAbort.TYPE,
                Faults.HeaderAbort.TYPE,
                Faults.FaultDelay.TYPE,
                Faults.HeaderDelay.TYPE);
    }

    private static List<MessageType> clusters() {
        return List.of(
                Clusters.Cluster.TYPE,
                Clusters.TransportSocketMatch.TYPE,
                Clusters.EdsClusterConfig.TYPE,
                Clusters.UpstreamConnectionOptions.TYPE,
                Clusters.HttpProtocolOptions.TYPE,
                Clusters.HttpOutlierDetection.TYPE,
                Predicates.MatchPredicate.TYPE,
                Predicates.MatchSet.TYPE,
                Predicates.HttpHeadersMatch.TYPE,
                Clusters.ExplicitHttpConfig.TYPE,
                Clusters.UseDownstreamHttpConfig.TYPE,
                Clusters.AutoHttpConfig.TYPE,
                Clusters.RefreshRate.TYPE,
                ClusterLb.LeastRequestLbConfig.TYPE,
                ClusterLb.RoundRobinLbConfig.TYPE,
                ClusterLb.SlowStartConfig.TYPE,
                ClusterLb.RingHashLbConfig.TYPE,
                ClusterLb.MaglevLbConfig.TYPE,
                ClusterLb.CommonLbConfig.TYPE,
                ClusterLb.ConsistentHashingLbConfig.TYPE,
                ClusterLb.ZoneAwareLbConfig.TYPE,
                ClusterLb.LocalityWeightedLbConfig.TYPE,
                Resilience.CircuitBreakers.TYPE,
                Resilience.Thresholds.TYPE,
                Resilience.RetryBudget.TYPE,
                Resilience.OutlierDetection.TYPE,
                Endpoints.ClusterLoadAssignment.TYPE,
                Endpoints.Policy.TYPE,
                Endpoints.LocalityLbEndpoints.TYPE,
                Endpoints.LbEndpoint.TYPE,
                Endpoints.Endpoint.TYPE,
                Endpoints.AdditionalAddress.TYPE);
    }

    private static List<MessageType> listeners() {
        return List.of(
                AccessLogs.AccessLog.TYPE,
                AccessLogs.FileAccessLog.TYPE,
                AccessLogs.SubstitutionFormatString.TYPE,
                Listeners.Listener.TYPE,
                Listeners.FilterChain.TYPE,
                Listeners.FilterChainMatch.TYPE,
                Listeners.Filter.TYPE,
                Listeners.ListenerFilter.TYPE,
                Listeners.HttpInspector.TYPE,
                Listeners.OriginalDst.TYPE,
                Listeners.TlsInspector.TYPE,
                Listeners.TcpProxy.TYPE,
                Listeners.WeightedCluster.TYPE,
                Listeners.TcpClusterWeight.TYPE,
                Listeners.TypedStruct.TYPE,
                HttpManagers.HttpConnectionManager.TYPE,
                HttpManagers.SetCurrentClientCertDetails.TYPE,
                HttpManagers.UpgradeConfig.TYPE,
                HttpManagers.Rds.TYPE,
                HttpManagers.HttpFilter.TYPE,
                HttpManagers.Router.TYPE);
    }

    private static List<MessageType> security() {
        return List.of(
                TransportSockets.RawBuffer.TYPE,
                TransportSockets.UpstreamTlsContext.TYPE,
                TransportSockets.DownstreamTlsContext.TYPE,
                TransportSockets.CommonTlsContext.TYPE,
                TransportSockets.CombinedCertificateValidationContext.TYPE,
                TransportSockets.CertificateValidationContext.TYPE,
                TransportSockets.SubjectAltNameMatcher.TYPE,
                TransportSockets.SystemRootCerts.TYPE,
                TransportSockets.TlsParameters.TYPE,
                TransportSockets.TlsCertificate.TYPE,
                TransportSockets.SdsSecretConfig.TYPE,
                TransportSockets.Secret.TYPE,
                Rbacs.RBAC.TYPE,
                Rbacs.Policy.TYPE,
                Rbacs.Permission.TYPE,
                Rbacs.PermissionSet.TYPE,
                Rbacs.Principal.TYPE,
                Rbacs.PrincipalSet.TYPE,
                Rbacs.Authenticated.TYPE,
                Rbacs.HttpRbac.TYPE,
                Rbacs.RBACPerRoute.TYPE,
                Rbacs.NetworkRbac.TYPE,
                Rbacs.UriTemplateMatchConfig.TYPE,
                JwtAuthns.JwtAuthentication.TYPE,
                JwtAuthns.JwtProvider.TYPE,
                JwtAuthns.NormalizePayload.TYPE,
                JwtAuthns.RemoteJwks.TYPE,
                JwtAuthns.JwtHeader.TYPE,
                JwtAuthns.JwtClaimToHeader.TYPE,
                JwtAuthns.RequirementRule.TYPE,
                JwtAuthns.JwtRequirement.TYPE,
                JwtAuthns.JwtRequirementOrList.TYPE,
                JwtAuthns.JwtRequirementAndList.TYPE,
                JwtAuthns.ProviderWithAudiences.TYPE);
    }

    private static List<MessageType> admin() {
        return List.of(
                ClientStatus.ClientConfig.TYPE,
                ClientStatus.GenericXdsConfig.TYPE,
                AdminDumps.ConfigDump.TYPE,
                AdminDumps.BootstrapConfigDump.TYPE,
                AdminDumps.Bootstrap.TYPE,
                AdminDumps.UpdateFailureState.TYPE,
                AdminDumps.ClustersConfigDump.TYPE,
                AdminDumps.DynamicCluster.TYPE,
                AdminDumps.RoutesConfigDump.TYPE,
                AdminDumps.StaticRouteConfig.TYPE,
                AdminDumps.DynamicRouteConfig.TYPE,
                AdminDumps.EndpointsConfigDump.TYPE,
                AdminDumps.DynamicEndpointConfig.TYPE,
                AdminListeners.ListenersConfigDump.TYPE,
                AdminListeners.DynamicListener.TYPE,
                AdminListeners.DynamicListenerState.TYPE,
                AdminListeners.SecretsConfigDump.TYPE,
                AdminListeners.DynamicSecret.TYPE,
                AdminListeners.Listeners.TYPE,
                AdminListeners.ListenerStatus.TYPE,
                AdminStatus.Clusters.TYPE,
                AdminStatus.ClusterStatus.TYPE,
                AdminStatus.HostStatus.TYPE,
                AdminStatus.HostHealthStatus.TYPE,
                AdminStatus.SimpleMetric.TYPE,
                AdminStatus.Certificates.TYPE,
                AdminStatus.Certificate.TYPE,
                AdminStatus.CertificateDetails.TYPE,
                AdminStatus.SubjectAlternateName.TYPE,
                AdminStatus.ServerInfo.TYPE);
    }

    private static List<MessageType> others() {
        return List.of(
                Discovery.DiscoveryRequest.TYPE,
                Discovery.DiscoveryResponse.TYPE,
                Discovery.Resource.TYPE,
                Rpc.Status.TYPE,
                IstioCa.IstioCertificateRequest.TYPE,
                IstioCa.IstioCertificateResponse.TYPE,
                Any.TYPE,
                Struct.TYPE);
    }
}

package io.inmesh.api.error;

/**
 * Why a response is not the upstream's own, in Envoy's short and long names.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage">Envoy, %RESPONSE_FLAGS%</a>
 */
public enum ResponseFlag {
    DC("DownstreamConnectionTermination", "The caller cancelled or closed before the response was complete."),
    LH("FailedLocalHealthCheck", "The local service failed its health check."),
    UH("NoHealthyUpstream", "The cluster has no healthy endpoint."),
    UT("UpstreamRequestTimeout", "The route's timeout expired."),
    LR("LocalReset", "The connection was reset locally."),
    UR("UpstreamRemoteReset", "The upstream reset the stream."),
    UF("UpstreamConnectionFailure", "No connection to the upstream could be made."),
    UC("UpstreamConnectionTermination", "The upstream closed the connection before a response was complete."),
    UO("UpstreamOverflow", "A circuit breaker threshold of the cluster was reached."),
    URX("UpstreamRetryLimitExceeded", "The retry limit was reached."),
    NR("NoRouteFound", "No route matched the request."),
    DI("DelayInjected", "A delay fault was injected."),
    FI("FaultInjected", "An abort fault was injected."),
    RL("RateLimited", "The request was rate limited."),
    UAEX("UnauthorizedExternalService", "The external authorization service denied the request."),
    RLSE("RateLimitServiceError", "The rate limit service failed."),
    SI("StreamIdleTimeout", "The stream was idle for too long."),
    IH("InvalidEnvoyRequestHeaders", "A strictly checked x-envoy header had an invalid value."),
    DPE("DownstreamProtocolError", "The caller broke the HTTP protocol."),
    UMSDR("UpstreamMaxStreamDurationReached", "The upstream stream lived for too long."),
    RFCF("ResponseFromCacheFilter", "The response came from a cache."),
    NFCF("NoFilterConfigFound", "A filter's configuration did not arrive."),
    DT("DurationTimeout", "The request or connection exceeded its maximal duration."),
    UPE("UpstreamProtocolError", "The upstream broke the HTTP protocol."),
    NC("NoClusterFound", "The route's cluster does not exist."),
    OM("OverloadManagerTerminated", "The overload manager ended the request."),
    DF("DnsResolutionFailed", "The upstream's name could not be resolved."),
    DO("DropOverload", "The load assignment's drop policy dropped the request.");

    private final String longName;
    private final String meaning;

    ResponseFlag(String longName, String meaning) {
        this.longName = longName;
        this.meaning = meaning;
    }

    /** Envoy's long name, as {@code %RESPONSE_FLAGS_LONG%} prints it. */
    public String longName() {
        return longName;
    }

    /** One sentence for a person who has to act on it. */
    public String meaning() {
        return meaning;
    }
}

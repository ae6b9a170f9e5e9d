package io.inmesh.agent.ads;

import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Rpc;
import io.inmesh.xds.wire.Message;

/**
 * How a workload says that it takes no more requests: as Istio's agents report that a readiness probe failed, so that istiod understands it
 * too.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/workload-group/">WorkloadGroup, probe</a>
 */
final class Leaving {

    private static final String TYPE_URL = "type.googleapis.com/istio.v1.HealthInformation";
    private static final int UNAVAILABLE = 14;
    private static final Message REASON = Message.of(Rpc.Status.TYPE)
            .with(Rpc.Status.CODE, UNAVAILABLE)
            .with(Rpc.Status.MESSAGE, "the workload is about to end");

    private Leaving() {}

    static Message request() {
        return Message.of(DiscoveryRequest.TYPE)
                .with(DiscoveryRequest.TYPE_URL, TYPE_URL)
                .with(DiscoveryRequest.ERROR_DETAIL, REASON);
    }

    static Message deltaRequest() {
        return Message.of(DeltaDiscoveryRequest.TYPE)
                .with(DeltaDiscoveryRequest.TYPE_URL, TYPE_URL)
                .with(DeltaDiscoveryRequest.ERROR_DETAIL, REASON);
    }
}

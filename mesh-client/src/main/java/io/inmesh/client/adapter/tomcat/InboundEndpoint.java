package io.inmesh.client.adapter.tomcat;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.pipeline.InboundPipeline;
import java.time.Duration;
import org.apache.tomcat.util.net.NioChannel;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.SocketBufferHandler;
import org.jspecify.annotations.Nullable;

/** Tomcat's own endpoint, except that a connection's channel finds out for itself whether it is TLS. */
final class InboundEndpoint extends NioEndpoint {

    private volatile @Nullable InboundPipeline pipeline;
    private volatile MeshClock clock = MeshClock.system();
    private volatile Duration openingLimit = Duration.ofSeconds(10);

    void attach(InboundPipeline inbound) {
        pipeline = inbound;
    }

    @Nullable
    InboundPipeline pipeline() {
        return pipeline;
    }

    void limitOpening(Duration limit, MeshClock by) {
        openingLimit = limit;
        clock = by;
    }

    Duration openingLimit() {
        return openingLimit;
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    protected NioChannel createChannel(SocketBufferHandler buffer) {
        return new InboundChannel(buffer, this);
    }
}

package io.inmesh.agent.sds;

import io.grpc.stub.StreamObserver;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import io.inmesh.xds.envoy.TransportSockets.Secret;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One caller's subscription: it gets the secrets that it has named now and after every rotation. A caller that refuses one keeps what it
 * had; the refusal is logged. Thread-safe.
 */
final class SecretStream implements StreamObserver<Message> {

    private static final Logger LOG = System.getLogger(SecretStream.class.getName());
    private static final int MOST_NAMES = 64;

    private final StreamObserver<Message> responses;
    private final Runnable gone;
    private final ReentrantLock lock = new ReentrantLock();
    private List<String> names = List.of();
    private @Nullable WorkloadIdentity identity;
    private long version;
    private boolean open = true;

    SecretStream(StreamObserver<Message> responses, @Nullable WorkloadIdentity identity, Runnable gone) {
        this.responses = responses;
        this.identity = identity;
        this.gone = gone;
    }

    /** Another identity from now on. */
    void publish(WorkloadIdentity next) {
        lock.lock();
        try {
            identity = next;
            send();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onNext(Message request) {
        lock.lock();
        try {
            if (request.has(DiscoveryRequest.ERROR_DETAIL)) {
                LOG.log(Level.WARNING, "A caller refuses its secrets: {0}", request.get(DiscoveryRequest.ERROR_DETAIL));
            }
            List<String> asked = request.get(DiscoveryRequest.RESOURCE_NAMES);
            boolean answers = !request.get(DiscoveryRequest.RESPONSE_NONCE).isEmpty();
            if (asked.size() <= MOST_NAMES && !(answers && asked.equals(names))) {
                names = List.copyOf(asked);
                send();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onError(Throwable ended) {
        end();
    }

    @Override
    public void onCompleted() {
        end();
        responses.onCompleted();
    }

    private void end() {
        lock.lock();
        try {
            open = false;
        } finally {
            lock.unlock();
        }
        gone.run();
    }

    /** What is not known is left out: the caller waits for it, and is told nothing of whose it may be. */
    private void send() {
        WorkloadIdentity current = identity;
        if (!open || current == null || names.isEmpty()) {
            return;
        }
        List<Message> resources = new ArrayList<>();
        for (String name : names) {
            Optional<Message> secret = Secrets.find(name, current);
            if (secret.isPresent()) {
                resources.add(Any.pack(secret.get()));
            } else {
                LOG.log(Level.WARNING, "No secret ''{0}'' for {1}", name, current.id());
            }
        }
        version++;
        responses.onNext(Message.of(DiscoveryResponse.TYPE)
                .with(DiscoveryResponse.TYPE_URL, Secret.TYPE.typeUrl())
                .with(DiscoveryResponse.VERSION_INFO, Long.toString(version))
                .with(DiscoveryResponse.NONCE, Long.toString(version))
                .with(DiscoveryResponse.RESOURCES, resources));
    }
}

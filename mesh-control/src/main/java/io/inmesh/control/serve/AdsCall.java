package io.inmesh.control.serve;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.inmesh.api.identity.SpiffeId;
import io.inmesh.control.push.Answer;
import io.inmesh.control.push.ClientStream;
import io.inmesh.control.push.Outlet;
import io.inmesh.control.push.Protocol;
import io.inmesh.xds.envoy.Discovery.DeltaDiscoveryRequest;
import io.inmesh.xds.envoy.Discovery.DiscoveryRequest;
import io.inmesh.xds.wire.Message;
import java.lang.System.Logger.Level;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One gRPC call of ADS: hands requests to the client's stream and its answers to gRPC. gRPC calls it by one thread at a time. */
final class AdsCall implements StreamObserver<Message>, Outlet {

    private static final System.Logger LOG = System.getLogger(AdsCall.class.getName());

    /** What Istio's agents send to report a readiness probe, instead of a subscription. */
    private static final String HEALTH = "type.googleapis.com/istio.v1.HealthInformation";

    private final AdsService service;
    private final ServerCallStreamObserver<Answer> responses;
    private final boolean delta;
    private Optional<SpiffeId> caller = Optional.empty();
    private volatile @Nullable ClientStream stream;
    private NodeReader.@Nullable Client client;
    private boolean ended;
    private int questions;

    AdsCall(AdsService service, ServerCallStreamObserver<Answer> responses, boolean delta) {
        this.service = service;
        this.responses = responses;
        this.delta = delta;
        responses.setOnReadyHandler(this::wake);
        responses.setOnCancelHandler(this::gone);
    }

    void caller(Optional<SpiffeId> proven) {
        caller = proven;
    }

    void refuse(Status status) {
        ended = true;
        LOG.log(Level.WARNING, "ADS refused: " + status.getDescription());
        responses.onError(status.asRuntimeException());
    }

    @Override
    public void onNext(Message request) {
        if (ended) {
            return;
        }
        try {
            if (!delta && DebugStream.asks(request)) {
                debug(request);
                return;
            }
            ClientStream current = stream;
            if (current == null) {
                current = connect(request);
            }
            if (HEALTH.equals(request.get(delta ? DeltaDiscoveryRequest.TYPE_URL : DiscoveryRequest.TYPE_URL))) {
                health(request);
            } else if (delta) {
                current.deltaRequest(request);
            } else {
                current.request(request);
            }
        } catch (IllegalArgumentException refused) {
            gone();
            refuse(Status.PERMISSION_DENIED.withDescription(refused.getMessage()));
        }
    }

    private void health(Message request) {
        boolean unwell = request.find(delta ? DeltaDiscoveryRequest.ERROR_DETAIL : DiscoveryRequest.ERROR_DETAIL)
                .isPresent();
        if (unwell) {
            service.withdraw(this);
        } else if (client != null) {
            service.register(client, this);
        }
    }

    /** Looks, and is no client: it counts nowhere. */
    private void debug(Message request) {
        service.debug(request, caller, Integer.toString(++questions)).ifPresent(responses::onNext);
    }

    private ClientStream connect(Message first) {
        NodeReader.Client known =
                service.read(first.get(delta ? DeltaDiscoveryRequest.NODE : DiscoveryRequest.NODE), caller);
        client = known;
        service.register(known, this);
        Protocol protocol =
                !delta ? Protocol.STATE_OF_THE_WORLD : known.onDemand() ? Protocol.ON_DEMAND : Protocol.DELTA;
        ClientStream connected = service.hub().connect(known.proxy(), protocol, this);
        stream = connected;
        LOG.log(Level.INFO, "connected " + client.proxy().id());
        return connected;
    }

    @Override
    public void onError(Throwable broken) {
        gone();
    }

    @Override
    public void onCompleted() {
        gone();
        if (!ended) {
            ended = true;
            responses.onCompleted();
        }
    }

    @Override
    public boolean ready() {
        return responses.isReady() && !responses.isCancelled();
    }

    @Override
    public void send(Answer answer) {
        responses.onNext(answer);
    }

    private void wake() {
        ClientStream current = stream;
        if (current != null) {
            current.wake();
        }
    }

    private void gone() {
        ClientStream current = stream;
        stream = null;
        if (current != null) {
            service.hub().disconnect(current);
            LOG.log(Level.INFO, "disconnected " + current.proxy().id());
        }
        service.unregister(this);
    }
}

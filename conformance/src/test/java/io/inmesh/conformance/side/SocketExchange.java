package io.inmesh.conformance.side;

import io.inmesh.api.http.MeshResponse;
import io.inmesh.client.pipeline.Attempt;
import io.inmesh.client.pipeline.Exchange;
import io.inmesh.client.pipeline.TransportException;
import io.inmesh.client.resilience.ConnectionLease;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.conformance.http.Connection;
import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import io.inmesh.conformance.http.Response;
import io.inmesh.conformance.http.StreamReset;
import io.inmesh.xds.model.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One attempt on one connection. */
final class SocketExchange implements Exchange<Carried> {

    private static final Duration READ_LIMIT = Duration.ofSeconds(20);

    private final Request request;
    private final Attempt attempt;
    private final Deque<Lease> idle;
    private volatile boolean cancelled;
    private volatile @Nullable Lease lease;

    SocketExchange(Request request, Attempt attempt, Deque<Lease> idle) {
        this.request = request;
        this.attempt = attempt;
        this.idle = idle;
    }

    @Override
    public Carried execute() throws TransportException {
        Lease connected = connect();
        lease = connected;
        if (cancelled) {
            connected.close();
        }
        if (!attempt.connected()) {
            connected.giveBack();
            throw new TransportException(ResetReason.OVERFLOW, "", false, null);
        }
        HeaderList headers = new HeaderList(request.headers());
        attempt.editHeaders(headers);
        if (!headers.has("x-request-id")) {
            headers.set("x-request-id", attempt.requestId());
        }
        Request sent =
                new Request(request.method(), attempt.path(), attempt.authority(), headers.headers(), request.body());
        try {
            Response head = connected.connection().head(sent, READ_LIMIT, attempt::requestSent);
            if (head.status() == 204 && Header.joined(head.headers(), "content-length") != null) {
                // No client takes that for an answer.
                connected.close();
                throw new TransportException(ResetReason.PROTOCOL_ERROR, "", true, null);
            }
            return Carried.from(head, connected);
        } catch (TransportException e) {
            throw e;
        } catch (StreamReset e) {
            connected.giveBack();
            ResetReason reason = e.refused() ? ResetReason.REMOTE_REFUSED_STREAM_RESET : ResetReason.REMOTE_RESET;
            throw new TransportException(reason, "", true, e);
        } catch (IOException e) {
            connected.close();
            throw new TransportException(ResetReason.CONNECTION_TERMINATION, "", true, e);
        }
    }

    @Override
    public MeshResponse head(Carried response) {
        return new ResponseView(response.head());
    }

    @Override
    public void discard(Carried response) {
        response.discard(request.method());
    }

    @Override
    public void cancel() {
        cancelled = true;
        Lease current = lease;
        if (current != null) {
            current.close();
        }
    }

    private Lease connect() throws TransportException {
        Lease ready = idle.poll();
        if (ready != null) {
            return ready;
        }
        ConnectionLease counted = attempt.connectionOpening();
        try {
            return new Lease(open(), counted, idle);
        } catch (ConnectException e) {
            counted.close();
            throw new TransportException(
                    ResetReason.REMOTE_CONNECTION_FAILURE, "delayed connect error: Connection refused", false, e);
        } catch (SocketTimeoutException e) {
            counted.close();
            throw new TransportException(ResetReason.CONNECTION_TIMEOUT, "", false, e);
        } catch (IOException e) {
            counted.close();
            throw new TransportException(ResetReason.LOCAL_CONNECTION_FAILURE, e.toString(), false, e);
        }
    }

    /** One of the endpoint's addresses after the other. */
    private Connection open() throws IOException {
        Duration limit = Duration.ofNanos(attempt.connectTimeoutNanos());
        List<SocketAddress> others = attempt.endpoint().description().additionalAddresses();
        IOException failed;
        try {
            return Connection.open(address(), others.isEmpty() ? limit : limit.dividedBy(2), attempt.multiplexed());
        } catch (IOException e) {
            failed = e;
        }
        for (SocketAddress other : others) {
            try {
                return Connection.open(new InetSocketAddress(other.host(), other.port()), limit, attempt.multiplexed());
            } catch (IOException e) {
                failed = e;
            }
        }
        throw failed;
    }

    private InetSocketAddress address() {
        String address = attempt.endpoint().host().address();
        int colon = address.lastIndexOf(':');
        return new InetSocketAddress(address.substring(0, colon), Integer.parseInt(address.substring(colon + 1)));
    }

    private record ResponseView(Response response) implements MeshResponse {

        @Override
        public int status() {
            return response.status();
        }

        @Override
        public @Nullable String header(String name) {
            return Header.joined(response.headers(), name);
        }

        @Override
        public List<String> headerValues(String name) {
            return Header.all(response.headers(), name);
        }
    }
}

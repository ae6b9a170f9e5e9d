package io.inmesh.conformance.side;

import io.inmesh.client.pipeline.OutboundCall;
import io.inmesh.client.pipeline.ResponseEnd;
import io.inmesh.client.resilience.ResetReason;
import io.inmesh.conformance.http.Response;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A response on its way through the pipeline: its head, and where the rest of it comes from. */
final class Carried {

    private final Response head;
    private final @Nullable Lease lease;
    private final @Nullable ResponseEnd end;

    private Carried(Response head, @Nullable Lease lease, @Nullable ResponseEnd end) {
        this.head = head;
        this.lease = lease;
        this.end = end;
    }

    static Carried complete(Response response) {
        return new Carried(response, null, null);
    }

    static Carried from(Response head, Lease lease) {
        return new Carried(head, lease, null);
    }

    Response head() {
        return head;
    }

    /** The same with the headers that the caller is to see. */
    Carried delivered(OutboundCall call, ResponseEnd responseEnd) {
        HeaderList edited = new HeaderList(head.headers());
        call.editResponse(edited);
        return new Carried(new Response(head.status(), edited.headers(), ""), lease, responseEnd);
    }

    /** Reads it to its end. */
    Response finish(String method) throws IOException {
        if (lease == null || end == null) {
            return head;
        }
        try {
            String body = lease.connection().body(head, method);
            lease.giveBack();
            end.completed();
            return new Response(head.status(), head.headers(), body);
        } catch (IOException e) {
            lease.close();
            end.failed(ResetReason.CONNECTION_TERMINATION);
            throw e;
        }
    }

    /** Nobody reads the rest. */
    void discard(String method) {
        if (lease == null) {
            return;
        }
        try {
            lease.connection().body(head, method);
            lease.giveBack();
        } catch (IOException e) {
            lease.close();
        }
    }
}

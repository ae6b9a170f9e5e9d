package io.inmesh.client.testing;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.spi.CallListener;
import io.inmesh.api.spi.CallReport;
import io.inmesh.api.spi.MeshListener;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps what was told about finished calls. */
public final class RecordedCalls implements MeshListener {

    private final BlockingQueue<CallReport> ended = new LinkedBlockingQueue<>();

    @Override
    public CallListener callStarted(Reporter reporter, MeshRequest request) {
        if (reporter != Reporter.DESTINATION) {
            throw new IllegalStateException("an inbound call reported by " + reporter);
        }
        return ended::add;
    }

    /** The next finished call, waited for. */
    public CallReport next() throws InterruptedException {
        CallReport report = ended.poll(10, TimeUnit.SECONDS);
        if (report == null) {
            throw new IllegalStateException("no call ended");
        }
        return report;
    }

    /** How many are told and not yet asked for. */
    public int waiting() {
        return ended.size();
    }
}

package io.inmesh.client.adapter.okhttp;

import io.inmesh.api.spi.Deadline;
import okhttp3.Call;
import okhttp3.EventListener;

/**
 * Takes the deadline of whoever makes a call along to the thread that OkHttp's dispatcher runs it on. The application's own listeners hear
 * what they always did. Thread-safe.
 */
final class CallerDeadlines implements EventListener.Factory {

    private final EventListener.Factory applications;

    CallerDeadlines(EventListener.Factory applications) {
        this.applications = applications;
    }

    @Override
    public EventListener create(Call call) {
        EventListener listener = applications.create(call);
        Deadline deadline = Deadline.current();
        return deadline == null ? listener : listener.plus(new Carrier(deadline));
    }

    /** The call cannot be tagged yet while its listener is made. */
    private static final class Carrier extends EventListener {

        private final Deadline deadline;

        Carrier(Deadline deadline) {
            this.deadline = deadline;
        }

        @Override
        public void callStart(Call call) {
            call.tag(Deadline.class, () -> deadline);
        }
    }
}

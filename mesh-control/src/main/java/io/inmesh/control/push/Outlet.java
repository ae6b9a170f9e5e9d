package io.inmesh.control.push;

/** Where a stream's answers go: the transport without its technology. Called by one thread at a time. */
public interface Outlet {

    /** Takes nothing. */
    Outlet NOWHERE = new Outlet() {
        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public void send(Answer answer) {}
    };

    /** Whether the client reads fast enough for one more answer; when it does again, the stream is told. Must not block. */
    boolean ready();

    void send(Answer answer);
}

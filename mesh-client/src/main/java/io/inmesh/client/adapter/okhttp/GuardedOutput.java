package io.inmesh.client.adapter.okhttp;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.locks.ReentrantLock;

/** An output that knows whether somebody is writing, so that whoever cancels does not wait behind a peer that reads nothing. */
final class GuardedOutput extends OutputStream {

    private final OutputStream output;
    private final ReentrantLock writing = new ReentrantLock();

    GuardedOutput(OutputStream output) {
        this.output = output;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        writing.lock();
        try {
            output.write(bytes, offset, length);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public void close() throws IOException {
        output.close();
    }

    /**
     * Does it unless a write is under way.
     *
     * @return whether it was done
     */
    boolean ifIdle(Action action) throws IOException {
        if (!writing.tryLock()) {
            return false;
        }
        try {
            action.run();
            return true;
        } finally {
            writing.unlock();
        }
    }

    /** Something that may fail with I/O. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }
}

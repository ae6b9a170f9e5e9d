package io.inmesh.api.fetch;

import io.inmesh.api.spi.MeshClock;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** Reads from a socket until a deadline, however slowly the bytes drip, and not more than a limit. Used by one thread. */
final class DeadlineInput extends InputStream {

    private final Socket socket;
    private final InputStream in;
    private final MeshClock clock;
    private final long deadline;
    private final byte[] buffer = new byte[8192];
    private int from;
    private int until;
    private int left;

    DeadlineInput(Socket socket, MeshClock clock, long deadline, int limit) throws IOException {
        this.socket = socket;
        this.in = socket.getInputStream();
        this.clock = clock;
        this.deadline = deadline;
        this.left = limit;
    }

    static int millisUntil(long deadline, MeshClock clock) throws IOException {
        long millis = (deadline - clock.nanoTime()) / 1_000_000;
        if (millis <= 0) {
            throw new SocketTimeoutException("the document did not come in time");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    @Override
    public int read() throws IOException {
        return fill() ? buffer[from++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        int count = Math.min(length, until - from);
        System.arraycopy(buffer, from, target, offset, count);
        from += count;
        return count;
    }

    private boolean fill() throws IOException {
        if (from < until) {
            return true;
        }
        socket.setSoTimeout(millisUntil(deadline, clock));
        int count = in.read(buffer);
        if (count < 0) {
            return false;
        }
        left -= count;
        if (left < 0) {
            throw new IOException("the document is too large");
        }
        from = 0;
        until = count;
        return true;
    }
}

package io.inmesh.client.adapter.okhttp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An input that remembers that it has ended, but not because we closed it. OkHttp tells streams of a lost HTTP/2 connection no other
 * than streams that the peer has reset, after which it may close the connection itself; this is how they are told apart. As thread-safe
 * as the input below, and anybody may ask.
 */
final class EndingInput extends FilterInputStream {

    private volatile boolean ended;
    private volatile boolean closing;

    EndingInput(InputStream input) {
        super(input);
    }

    boolean ended() {
        return ended;
    }

    /** An end from now on is our own doing. */
    void closing() {
        closing = true;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = super.read(bytes, offset, length);
            if (read < 0) {
                end();
            }
            return read;
        } catch (IOException e) {
            end();
            throw e;
        }
    }

    private void end() {
        if (!closing) {
            ended = true;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}

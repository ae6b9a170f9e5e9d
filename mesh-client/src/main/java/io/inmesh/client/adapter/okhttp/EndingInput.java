package io.inmesh.client.adapter.okhttp;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * An input that remembers that it has ended. OkHttp tells streams of a lost HTTP/2 connection no other than streams that the peer
 * has reset; this is how the two are told apart. As thread-safe as the input below, and anybody may ask.
 */
final class EndingInput extends FilterInputStream {

    private volatile boolean ended;

    EndingInput(InputStream input) {
        super(input);
    }

    boolean ended() {
        return ended;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = super.read(bytes, offset, length);
            ended |= read < 0;
            return read;
        } catch (IOException e) {
            ended = true;
            throw e;
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }
}

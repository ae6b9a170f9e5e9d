package io.inmesh.conformance.pair;

/** The called side: it answers 200 with the headers {@code x-proto}, {@code x-peer} and {@code x-forwarded} that say what it saw. */
public interface PairServer extends AutoCloseable {

    int port();

    @Override
    void close();
}

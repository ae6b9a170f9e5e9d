package io.inmesh.conformance.pair;

/** The calling side. */
public interface PairClient extends AutoCloseable {

    /** One GET of {@code /status/200}. */
    Seen call();

    @Override
    void close();
}

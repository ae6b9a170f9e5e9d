package io.inmesh.api.spi;

/**
 * Hears of one call: its attempts in order, and at last its end. The methods are called one after the other, though not always by the
 * same thread.
 */
public interface CallListener {

    /**
     * An attempt is about to be sent.
     *
     * @param attempt 1 for the first
     * @param cluster the cluster's name
     * @param address of the endpoint, host and port
     * @param headers takes headers that this attempt is to carry, such as {@code traceparent}
     */
    default void attemptStarting(int attempt, String cluster, String address, HeaderSink headers) {}

    /** An attempt has an answer's head, or none. */
    default void attemptEnded(AttemptReport attempt) {}

    /** On the called side: a policy denied the request, or had something to say that changes nothing. */
    default void policyJudged(PolicyVerdict verdict) {}

    /** The last byte has been read, or there will be none. Called once. */
    void callEnded(CallReport call);

    /** Where headers of a request are set; a header of the same name is replaced. */
    @FunctionalInterface
    interface HeaderSink {
        void set(String name, String value);
    }
}

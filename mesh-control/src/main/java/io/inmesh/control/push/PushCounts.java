package io.inmesh.control.push;

/**
 * What pushes have cost so far.
 *
 * @param pushes changes of the state that were put to use
 * @param computations values that were computed, resources among them
 * @param resources resources that were translated and serialised
 * @param bodies answers that were put together; streams that get the same share one
 * @param answers answers that were sent
 * @param bytes of these answers
 */
public record PushCounts(long pushes, long computations, long resources, long bodies, long answers, long bytes) {

    /** What was added since an earlier moment. */
    public PushCounts since(PushCounts earlier) {
        return new PushCounts(
                pushes - earlier.pushes,
                computations - earlier.computations,
                resources - earlier.resources,
                bodies - earlier.bodies,
                answers - earlier.answers,
                bytes - earlier.bytes);
    }
}

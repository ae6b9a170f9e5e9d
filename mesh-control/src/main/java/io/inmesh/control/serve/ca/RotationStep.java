package io.inmesh.control.serve.ca;

/** Where the rotation of the mesh's own root stands. Each step leads to the next, and the last to the first. */
public enum RotationStep {
    /** One root signs and is trusted. */
    STEADY,
    /** A new root is trusted as well; the old one signs, until every workload has the new one in its bundle. */
    ADDED,
    /** The new root signs; the old one is trusted, until every leaf below it has been replaced. */
    SIGNING_WITH_NEW
}

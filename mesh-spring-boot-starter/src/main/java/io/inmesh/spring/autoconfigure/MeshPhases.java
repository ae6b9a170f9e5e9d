package io.inmesh.spring.autoconfigure;

import org.springframework.context.SmartLifecycle;

/** When the parts of the mesh start among the application's own; a web server opens its port at {@code DEFAULT_PHASE - 2048}. */
final class MeshPhases {

    /** The probe port answers while everything else is still waiting. */
    static final int PROBES = SmartLifecycle.DEFAULT_PHASE - 8192;

    /** The mesh is in place before any port opens. */
    static final int START = SmartLifecycle.DEFAULT_PHASE - 4096;

    private MeshPhases() {}
}

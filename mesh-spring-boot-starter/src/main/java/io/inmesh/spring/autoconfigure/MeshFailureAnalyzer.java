package io.inmesh.spring.autoconfigure;

import io.inmesh.api.error.MeshConfigurationException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A start that the mesh refuses ends with a sentence instead of a stack trace. */
final class MeshFailureAnalyzer extends AbstractFailureAnalyzer<MeshConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, MeshConfigurationException cause) {
        return new FailureAnalysis(
                cause.getMessage(),
                "Correct the setting named above, or start without the mesh by mesh.enabled=false.",
                cause);
    }
}

package io.inmesh.spring.autoconfigure;

import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;

/** Matches where the application says where its mesh is. */
final class OnMeshConfigured extends AnyNestedCondition {

    OnMeshConfigured() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @ConditionalOnProperty("mesh.control.address")
    static final class ControlService {}

    @ConditionalOnProperty("mesh.files")
    static final class Files {}
}

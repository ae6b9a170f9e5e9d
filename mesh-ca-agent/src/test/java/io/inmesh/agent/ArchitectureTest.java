package io.inmesh.agent;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.inmesh.testkit.arch.MeshRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.inmesh.agent";
    private static final JavaClasses CLASSES = MeshRules.mainClasses(ROOT);

    @Test
    void hasNoPackageCycles() {
        MeshRules.noPackageCycles(ROOT).check(CLASSES);
    }

    @Test
    void knowsNothingOfRoutingSpringOrProtobuf() {
        MeshRules.onlyIn("io.inmesh.client..", "the agent fetches; it never sees a request")
                .check(CLASSES);
        MeshRules.onlyIn("org.springframework..", "the agent runs without Spring")
                .check(CLASSES);
        MeshRules.onlyIn("com.google.protobuf..", "applications pin any protobuf they like (record 1)")
                .check(CLASSES);
    }

    @Test
    void timeAndChanceAreHandedIn() {
        MeshRules.timeAndChanceAreHandedIn(ROOT + ".MeshAgent", ROOT + ".MeshAgentBuilder", ROOT + ".AgentProcess")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        MeshRules.everyPackageIsNullMarked().check(CLASSES);
    }

    @Test
    void registersNoSecurityProvider() {
        MeshRules.noSecurityProviderIsRegistered().check(CLASSES);
    }
}

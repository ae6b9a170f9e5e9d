package io.inmesh.cli;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.inmesh.testkit.arch.MeshRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.inmesh.cli";
    private static final JavaClasses CLASSES = MeshRules.mainClasses(ROOT);

    @Test
    void librariesStayInTheirPlaces() {
        MeshRules.onlyIn("io.grpc..", "commands read files and pages").check(CLASSES);
        MeshRules.onlyIn("org.springframework..", "a command starts in well under a second")
                .check(CLASSES);
        MeshRules.onlyIn("com.google.protobuf..", "record 1").check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        MeshRules.everyPackageIsNullMarked().check(CLASSES);
    }

    @Test
    void hasNoPackageCycles() {
        MeshRules.noPackageCycles(ROOT).check(CLASSES);
    }
}

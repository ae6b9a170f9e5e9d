package io.inmesh.test;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.inmesh.testkit.arch.MeshRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = MeshRules.mainClasses("io.inmesh.test");

    @Test
    void timeAndChanceAreHandedIn() {
        MeshRules.timeAndChanceAreHandedIn("io.inmesh.test.VirtualMesh").check(CLASSES);
    }

    @Test
    void needsNeitherSpringNorKubernetes() {
        String why = "tests of policies run wherever JUnit does";
        MeshRules.onlyIn("org.springframework..", why).check(CLASSES);
        MeshRules.onlyIn("io.fabric8..", why).check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        MeshRules.everyPackageIsNullMarked().check(CLASSES);
    }
}

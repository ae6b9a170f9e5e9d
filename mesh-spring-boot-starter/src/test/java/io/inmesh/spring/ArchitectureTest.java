package io.inmesh.spring;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.inmesh.testkit.arch.MeshRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.inmesh.spring";
    private static final JavaClasses CLASSES = MeshRules.mainClasses(ROOT);

    @Test
    void hasNoPackageCycles() {
        MeshRules.noPackageCycles(ROOT).check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        MeshRules.everyPackageIsNullMarked().check(CLASSES);
    }

    @Test
    void timeAndChanceAreHandedIn() {
        MeshRules.timeAndChanceAreHandedIn(ROOT + ".autoconfigure.MeshProbeAutoConfiguration")
                .check(CLASSES);
    }

    @Test
    void registersNoSecurityProvider() {
        MeshRules.noSecurityProviderIsRegistered().check(CLASSES);
    }
}

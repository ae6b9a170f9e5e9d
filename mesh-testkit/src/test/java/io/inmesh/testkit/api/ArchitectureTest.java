package io.inmesh.testkit.api;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.inmesh.testkit.arch.MeshRules;
import org.junit.jupiter.api.Test;

/** mesh-api's rules; they stand here because mesh-testkit depends on mesh-api and not the other way round. */
class ArchitectureTest {

    private static final JavaClasses API = MeshRules.mainClasses("io.inmesh.api");

    @Test
    void hasNoPackageCycles() {
        MeshRules.noPackageCycles("io.inmesh.api").check(API);
    }

    @Test
    void dependsOnTheJdkAndJSpecifyOnly() {
        classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "javax..", "org.jspecify..", "io.inmesh.api..")
                .because("whoever implements an SPI or uses an annotation must not inherit our libraries")
                .check(API);
    }

    @Test
    void timeAndChanceAreHandedIn() {
        MeshRules.timeAndChanceAreHandedIn("io.inmesh.api.spi.SystemClock").check(API);
    }

    @Test
    void everyPackageIsNullMarked() {
        MeshRules.everyPackageIsNullMarked().check(API);
    }

    @Test
    void registersNoSecurityProvider() {
        MeshRules.noSecurityProviderIsRegistered().check(API);
    }
}

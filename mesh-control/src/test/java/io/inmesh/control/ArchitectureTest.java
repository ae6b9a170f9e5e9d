package io.inmesh.control;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.inmesh.testkit.arch.Layers;
import io.inmesh.testkit.arch.MeshRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.inmesh.control";
    private static final JavaClasses CLASSES = MeshRules.mainClasses(ROOT);

    @Test
    void packagesDependDownwardsOnly() {
        Layers.of(ROOT)
                .layer(0, "yaml")
                .layer(1, "config", "analysis")
                .layer(2, "state", "jwks")
                .layer(3, "translate")
                .layer(4, "push")
                .layer(5, "serve")
                .layer(6, "app")
                .rule()
                .check(CLASSES);
    }

    @Test
    void hasNoPackageCycles() {
        MeshRules.noPackageCycles(ROOT).check(CLASSES);
    }

    @Test
    void librariesStayInTheirPackages() {
        MeshRules.onlyIn("org.snakeyaml..", "YAML is untrusted input with one reader", ROOT + ".yaml")
                .check(CLASSES);
        MeshRules.onlyIn("io.fabric8..", "Kubernetes is one of several sources", ROOT + ".config..")
                .check(CLASSES);
        MeshRules.onlyIn("io.grpc..", "translation and push are tested without a server", ROOT + ".serve..")
                .check(CLASSES);
        MeshRules.onlyIn("org.bouncycastle..", "certificates are the CA's matter", ROOT + ".serve.ca..")
                .check(CLASSES);
        MeshRules.onlyIn("org.springframework..", "the service is embeddable without Spring", ROOT + ".app..")
                .check(CLASSES);
        MeshRules.onlyIn("com.google.protobuf..", "record 1").check(CLASSES);
    }

    @Test
    void timeAndChanceAreHandedIn() {
        MeshRules.timeAndChanceAreHandedIn(ROOT + ".app.ControlService", ROOT + ".app.ControlServiceBuilder")
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

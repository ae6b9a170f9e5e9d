package io.inmesh.xds;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.inmesh.testkit.arch.MeshRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses CLASSES = MeshRules.mainClasses("io.inmesh.xds");

    @Test
    void hasNoPackageCycles() {
        MeshRules.noPackageCycles("io.inmesh.xds").check(CLASSES);
    }

    @Test
    void protobufIsNowhere() {
        MeshRules.onlyIn("com.google.protobuf..", "applications pin any protobuf they like (record 1)")
                .check(CLASSES);
        MeshRules.onlyIn("io.envoyproxy..", "an application's own Envoy classes must not clash (record 1)")
                .check(CLASSES);
        MeshRules.onlyIn("io.grpc..", "a client that starts from files has no gRPC")
                .check(CLASSES);
    }

    @Test
    void timeAndChanceAreHandedIn() {
        MeshRules.timeAndChanceAreHandedIn().check(CLASSES);
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

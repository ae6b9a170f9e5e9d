package io.inmesh.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.inmesh.testkit.arch.Layers;
import io.inmesh.testkit.arch.MeshRules;
import io.inmesh.testkit.arch.Monitors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final String ROOT = "io.inmesh.client";
    private static final JavaClasses CLASSES = MeshRules.mainClasses(ROOT);

    @Test
    void packagesDependDownwardsOnly() {
        Layers.of(ROOT)
                .layer(1, "match", "host", "exposure")
                .layer(2, "balance", "resilience", "security", "authz")
                .layer(3, "route")
                .layer(4, "compile", "pipeline")
                .layer(
                        5,
                        "adapter.dns",
                        "adapter.okhttp",
                        "adapter.jdk",
                        "adapter.apache",
                        "adapter.feign",
                        "adapter.retrofit",
                        "adapter.reactor",
                        "adapter.resilience4j",
                        "adapter.tomcat",
                        "adapter.jetty",
                        "adapter.grpc",
                        "admin",
                        "telemetry")
                .layer(6, "")
                .rule()
                .check(CLASSES);
    }

    @Test
    void hasNoPackageCycles() {
        MeshRules.noPackageCycles(ROOT).check(CLASSES);
    }

    @Test
    void librariesStayInTheirPackages() {
        MeshRules.onlyIn(
                        "okhttp3..",
                        "the engine serves any transport",
                        ROOT + ".adapter.okhttp..",
                        ROOT + ".adapter.jdk..",
                        ROOT + ".adapter.apache..",
                        ROOT + ".adapter.feign..",
                        ROOT + ".adapter.retrofit..",
                        ROOT)
                .check(CLASSES);
        MeshRules.onlyIn("org.apache.catalina..", "the engine serves any server", ROOT + ".adapter.tomcat..")
                .check(CLASSES);
        MeshRules.onlyIn("org.apache.coyote..", "the engine serves any server", ROOT + ".adapter.tomcat..")
                .check(CLASSES);
        MeshRules.onlyIn("org.eclipse.jetty..", "the engine serves any server", ROOT + ".adapter.jetty..")
                .check(CLASSES);
        MeshRules.onlyIn(
                        "io.github.resilience4j..",
                        "an application without annotations needs no breakers",
                        ROOT + ".adapter.resilience4j..")
                .check(CLASSES);
        MeshRules.onlyIn("org.apache.hc..", "an adapter converts, nothing else", ROOT + ".adapter.apache..")
                .check(CLASSES);
        MeshRules.onlyIn("reactor..", "an adapter converts, nothing else", ROOT + ".adapter.reactor..")
                .check(CLASSES);
        MeshRules.onlyIn("io.netty..", "an adapter converts, nothing else", ROOT + ".adapter.reactor..")
                .check(CLASSES);
        MeshRules.onlyIn("feign..", "an adapter converts, nothing else", ROOT + ".adapter.feign..")
                .check(CLASSES);
        MeshRules.onlyIn("io.micrometer..", "metrics are optional", ROOT + ".telemetry..")
                .check(CLASSES);
        MeshRules.onlyIn("io.opentelemetry..", "traces are optional", ROOT + ".telemetry..")
                .check(CLASSES);
        MeshRules.onlyIn("com.nimbusds..", "one place decides which signatures count", ROOT + ".authz.jwt..")
                .check(CLASSES);
        MeshRules.onlyIn("com.google.re2j..", "one place decides what a regex may cost", ROOT + ".match..")
                .check(CLASSES);
    }

    @Test
    void knowsNeitherSpringNorGrpcNorKubernetesNorProtobuf() {
        String why = "a service that uses the client with files only has none of these on its class path";
        MeshRules.onlyIn("org.springframework..", why).check(CLASSES);
        MeshRules.onlyIn("io.grpc..", why, ROOT + ".adapter.grpc..").check(CLASSES);
        MeshRules.onlyIn("io.fabric8..", why).check(CLASSES);
        MeshRules.onlyIn("com.google.protobuf..", why).check(CLASSES);
        MeshRules.onlyIn("org.bouncycastle..", why).check(CLASSES);
        MeshRules.onlyIn("com.google.common..", why).check(CLASSES);
    }

    @Test
    void timeAndChanceAreHandedIn() {
        MeshRules.timeAndChanceAreHandedIn(ROOT + ".Mesh", ROOT + ".MeshBuilder")
                .check(CLASSES);
    }

    @Test
    void noMonitorIsHeldAcrossIo() {
        assertThat(Monitors.in(Path.of("target/classes")))
                .as("a virtual thread that blocks inside a monitor pins its carrier on JDK 17 to 23")
                .isEmpty();
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

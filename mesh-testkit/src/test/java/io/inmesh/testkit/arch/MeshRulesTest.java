package io.inmesh.testkit.arch;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import io.inmesh.testkit.arch.sample.low.Low;
import java.net.URISyntaxException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Each rule must bite: a rule that cannot fail guards nothing. */
class MeshRulesTest {

    private static final String SAMPLE = "io.inmesh.testkit.arch.sample";
    private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(SAMPLE);

    @Test
    void layersRefuseLookingUpAndSideways() {
        Layers layers = Layers.of(SAMPLE).layer(1, "low", "peer").layer(2, "high");

        assertThat(failures(layers.rule()))
                .anyMatch(line -> line.contains("Low") && line.contains("layer 1 uses layer 2"))
                .anyMatch(line -> line.contains("Peer") && line.contains("layer 1 uses layer 1"))
                .noneMatch(line -> line.contains("High.down"));
    }

    @Test
    void layersRefuseAPackageThatNobodyNamed() {
        assertThat(failures(Layers.of(SAMPLE).layer(1, "low").layer(2, "high").rule()))
                .anyMatch(line -> line.contains("Peer") && line.contains("is in no layer"));
    }

    @Test
    void cyclesAreFound() {
        assertThat(failures(MeshRules.noPackageCycles(SAMPLE))).anyMatch(line -> line.contains("Cycle detected"));
    }

    @Test
    void technologyStaysWhereItBelongs() {
        assertThat(failures(MeshRules.onlyIn(SAMPLE + ".high..", "test", SAMPLE + ".high..")))
                .anyMatch(line -> line.contains("Low.up"));
    }

    @Test
    void readingTheClockIsForCompositionRoots() {
        assertThat(failures(MeshRules.timeAndChanceAreHandedIn())).anyMatch(line -> line.contains("Low.clock"));
        assertThat(failures(MeshRules.timeAndChanceAreHandedIn(Low.class.getName())))
                .isEmpty();
    }

    @Test
    void changingTheProvidersIsFound() {
        assertThat(failures(MeshRules.noSecurityProviderIsRegistered()))
                .anyMatch(line -> line.contains("Low.provider"));
    }

    @Test
    void packagesWithoutNullMarkedAreFound() {
        assertThat(failures(MeshRules.everyPackageIsNullMarked())).anyMatch(line -> line.contains("sample.low"));
    }

    @Test
    void monitorsAreFoundInMethodsAndBlocks() throws URISyntaxException {
        Path classes = Path.of(
                Low.class.getProtectionDomain().getCodeSource().getLocation().toURI());

        assertThat(Monitors.in(classes.resolve(SAMPLE.replace('.', '/'))))
                .containsExactlyInAnyOrder(Low.class.getName() + ".guarded", Low.class.getName() + ".block");
    }

    private static java.util.List<String> failures(ArchRule rule) {
        return rule.evaluate(CLASSES).getFailureReport().getDetails();
    }
}

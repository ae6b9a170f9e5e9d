package io.inmesh.control.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.analysis.message.Finding;
import io.inmesh.control.analysis.schema.CrdReader;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import io.inmesh.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Istio's own cases of valid and invalid resources, by Istio's CRDs and by our own model. */
class CrdCasesTest {

    @TestFactory
    Stream<DynamicTest> judgesAsMarkedByIstiosCrds() throws IOException {
        Path crds = Peers.shared("istio").resolve("crds.yaml");
        return cases(Validation.of(CrdReader.read(documents(crds))));
    }

    @TestFactory
    Stream<DynamicTest> judgesAsMarkedByOurOwnModel() throws IOException {
        return cases(Validation.ofOwnModel());
    }

    private static Stream<DynamicTest> cases(Validation validation) throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (Stream<Path> files = Files.list(Peers.shared("istio").resolve("crd-validation"))) {
            for (Path file : files.sorted().toList()) {
                for (YamlNode document : documents(file)) {
                    YamlNode.Mapping written = (YamlNode.Mapping) document;
                    String name = file.getFileName() + " "
                            + written.object("metadata").text("name");
                    tests.add(DynamicTest.dynamicTest(name, () -> judge(validation, written)));
                }
            }
        }
        assertThat(tests).hasSizeGreaterThan(80);
        return tests.stream();
    }

    private static void judge(Validation validation, YamlNode.Mapping written) {
        String expected = written.text("_err");
        Map<String, YamlNode> entries = new LinkedHashMap<>(written.entries());
        entries.remove("_err");
        List<String> messages = validation.check(new YamlNode.Mapping(entries, written.origin())).stream()
                .filter(Finding::refuses)
                .map(Finding::message)
                .toList();
        if (expected.isEmpty()) {
            assertThat(messages).isEmpty();
        } else {
            assertThat(messages).anySatisfy(message -> assertThat(message).contains(expected));
        }
    }

    private static List<YamlNode> documents(Path file) throws IOException {
        return YamlReader.documents(file.getFileName().toString(), Files.readAllBytes(file), YamlLimits.DEFAULT);
    }
}

package io.inmesh.control.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.analysis.message.Finding;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our own cases of what Istio refuses or warns of in resources whose shape is right. */
class SemanticCasesTest {

    private final Validation validation = Validation.ofOwnModel();

    @TestFactory
    Stream<DynamicTest> saysWhatIsMarkedAndNothingElse() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("semantic-cases.yaml"))) {
            return YamlReader.documents("semantic-cases.yaml", in.readAllBytes(), YamlLimits.DEFAULT).stream()
                    .map(YamlNode.Mapping.class::cast)
                    .map(written -> DynamicTest.dynamicTest(
                            written.text("kind") + " in line "
                                    + written.origin().line(),
                            () -> judge(written)));
        }
    }

    private void judge(YamlNode.Mapping written) {
        Map<String, YamlNode> entries = new LinkedHashMap<>(written.entries());
        entries.keySet().removeAll(List.of("_err", "_warn"));
        List<Finding> findings = validation.check(new YamlNode.Mapping(entries, written.origin()));
        List<String> refusals =
                findings.stream().filter(Finding::refuses).map(Finding::message).toList();
        List<String> others = findings.stream()
                .filter(finding -> !finding.refuses())
                .map(Finding::message)
                .toList();
        if (written.has("_err")) {
            assertThat(refusals).anySatisfy(message -> assertThat(message).contains(written.text("_err")));
        } else {
            assertThat(refusals).isEmpty();
        }
        if (written.has("_warn")) {
            assertThat(others).anySatisfy(message -> assertThat(message).contains(written.text("_warn")));
        } else if (!written.has("_err")) {
            assertThat(others).isEmpty();
        }
    }
}

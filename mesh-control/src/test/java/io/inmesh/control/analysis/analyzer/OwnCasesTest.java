package io.inmesh.control.analysis.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our own cases, each with resources that an analyser speaks of and such that it does not. */
class OwnCasesTest {

    @TestFactory
    Stream<DynamicTest> saysWhatIsMarkedAndNothingElse() throws IOException {
        try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream("own-cases.yaml"))) {
            YamlNode.Mapping file =
                    (YamlNode.Mapping) documents(in.readAllBytes()).get(0);
            return file.objects("cases").stream()
                    .map(one -> DynamicTest.dynamicTest(one.text("analyzer"), () -> judge(one)));
        }
    }

    private static void judge(YamlNode.Mapping one) {
        List<Item> items = documents(one.text("resources").getBytes(StandardCharsets.UTF_8)).stream()
                .map(document -> Item.of((YamlNode.Mapping) document, "default"))
                .toList();
        assertThat(new Analysis().analyze(new Items(items, Optional.empty()), one.text("analyzer")))
                .extracting(message -> message.code().number() + " " + message.resource())
                .containsExactlyInAnyOrderElementsOf(one.texts("expected"));
    }

    private static List<YamlNode> documents(byte[] yaml) {
        return YamlReader.documents("own-cases.yaml", yaml, YamlLimits.DEFAULT);
    }
}

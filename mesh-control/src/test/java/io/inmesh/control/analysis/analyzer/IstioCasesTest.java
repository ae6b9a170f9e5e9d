package io.inmesh.control.analysis.analyzer;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import io.inmesh.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Istio's own cases of what its analysers say, each by the analyser that it is for. */
class IstioCasesTest {

    /** Istio has these apart; here one analyser looks for both. */
    private static final Map<String, String> JOINED = Map.of(
            "k8sgateway.CRDVersionAnalyzer", "k8sgateway.SelectorAnalyzer",
            "telemetry.LightstepAnalyzer", "telemetry.ProviderAnalyzer");

    private final Path folder = Peers.shared("istio").resolve("analyzers");
    private final Analysis analysis = new Analysis();

    @TestFactory
    Stream<DynamicTest> saysWhatIstioSays() throws IOException {
        YamlNode.Sequence cases =
                (YamlNode.Sequence) documents(folder.resolve("expected.json")).get(0);
        return cases.items().stream()
                .map(YamlNode.Mapping.class::cast)
                .map(expected -> DynamicTest.dynamicTest(
                        expected.text("name") + " " + expected.texts("files"), () -> judge(expected)));
    }

    private void judge(YamlNode.Mapping expected) throws IOException {
        List<Item> items = new ArrayList<>();
        for (String file : expected.texts("files")) {
            for (YamlNode document : documents(folder.resolve(file))) {
                YamlNode.Mapping resource = (YamlNode.Mapping) document;
                List<YamlNode.Mapping> inside =
                        resource.text("kind").equals("List") ? resource.objects("items") : List.of(resource);
                inside.forEach(one -> items.add(Item.of(one, "default")));
            }
        }
        Optional<YamlNode.Mapping> mesh = Optional.empty();
        if (!expected.text("meshConfig").isEmpty()) {
            mesh = Optional.of((YamlNode.Mapping)
                    documents(folder.resolve(expected.text("meshConfig"))).get(0));
        }
        String analyzer = expected.text("analyzer");
        List<String> said = analysis.analyze(new Items(items, mesh), JOINED.getOrDefault(analyzer, analyzer)).stream()
                .map(message ->
                        message.code().number() + " " + message.code().level().shown() + " " + message.resource())
                .toList();
        assertThat(analysis.names()).contains(JOINED.getOrDefault(analyzer, analyzer));
        assertThat(said)
                .containsExactlyInAnyOrderElementsOf(expected.objects("expected").stream()
                        .map(one -> one.text("code") + " " + one.text("level") + " " + one.text("resource"))
                        .toList());
    }

    private static List<YamlNode> documents(Path file) throws IOException {
        return YamlReader.documents(file.getFileName().toString(), Files.readAllBytes(file), YamlLimits.DEFAULT);
    }
}

package io.inmesh.control.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlReaderTest {

    private static List<YamlNode> read(String text) {
        return YamlReader.documents("a.yaml", text.getBytes(StandardCharsets.UTF_8), YamlLimits.DEFAULT);
    }

    @Test
    void everyValueKnowsItsLine() {
        YamlNode.Mapping document = (YamlNode.Mapping) read("""
                # a comment
                a: 1
                b:
                  - x
                  - y: z
                """).get(0);

        YamlNode.Sequence list = (YamlNode.Sequence) document.entries().get("b");
        assertThat(list.items().get(1).origin()).isEqualTo(new Origin("a.yaml", 5));
    }

    @Test
    void emptyDocumentsAreNoResources() {
        assertThat(read("---\n---\n# nothing\n---\na: b\n---\n")).hasSize(1);
    }

    @Test
    void anAliasMayBeUsedAFewTimes() {
        YamlNode.Mapping document =
                (YamlNode.Mapping) read("a: &x {k: v}\nb: *x\n").get(0);
        assertThat(document.entries().get("b")).isEqualTo(document.entries().get("a"));
    }

    @Test
    void anAliasBombIsRefusedBeforeItGrows() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 12; i++) {
            bomb.append("a")
                    .append(i)
                    .append(": &a")
                    .append(i)
                    .append(" [")
                    .append(("*a" + (i - 1) + ",").repeat(9))
                    .append("*a")
                    .append(i - 1)
                    .append("]\n");
        }
        assertThatThrownBy(() -> read(bomb.toString()))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessageContaining("more than 500000 values");
    }

    @Test
    void anAliasOfItselfIsRefused() {
        assertThatThrownBy(() -> read("a: &a [*a]\n")).isInstanceOf(InvalidResourceException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {65, 10_000, 100_000})
    void deepNestingIsRefused(int depth) {
        assertThatThrownBy(() -> read("a: " + "[".repeat(depth))).isInstanceOf(InvalidResourceException.class);
    }

    @Test
    void aHugeFileIsRefusedUnread() {
        byte[] huge = new byte[YamlLimits.DEFAULT.bytes() + 1];
        assertThatThrownBy(() -> YamlReader.documents("a.yaml", huge, YamlLimits.DEFAULT))
                .hasMessageContaining("larger than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: 1\na: 2\n",
                "a: !!javax.script.ScriptEngineManager [x]\n",
                "a: !!python/object x\n",
                "a: [1, 2\n",
                "a: *nothing\n",
                "? [x]\n: y\n",
                "a: \"unfinished\n",
                "\tx: y\n",
                "%YAML 9.9\n---\na: b\n"
            })
    void whatIsWrongIsRefusedWithItsFile(String text) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidResourceException.class)
                .hasMessageStartingWith("a.yaml:");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThatThrownBy(() ->
                        YamlReader.documents("a.yaml", new byte[] {'a', ':', ' ', (byte) 0xff}, YamlLimits.DEFAULT))
                .hasMessageContaining("not UTF-8");
    }
}

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

    @Test
    void anAddressAtTheEndOfAListIsTextAsInGo() {
        YamlNode.Mapping document = (YamlNode.Mapping)
                read("a: [1.2.3.4, 2001:db8::]\nb: [c: ]\nd: [{e::}]").get(0);
        assertThat(document.texts("a")).containsExactly("1.2.3.4", "2001:db8::");
        assertThat(document.objects("b")).hasSize(1);
        assertThat(document.objects("d")).hasSize(1);
    }

    @Test
    void plainValuesHaveTheTypesOfJson() {
        YamlNode.Mapping document = (YamlNode.Mapping) read("""
                whole: 7
                negative: -7
                hexadecimal: 0x1F
                fraction: 1.5
                flag: true
                none: ~
                quoted: "7"
                word: yes
                huge: 123456789012345678901234567890
                """).get(0);
        assertThat(document.entries().values().stream()
                        .map(node -> ((YamlNode.Scalar) node).value())
                        .toList())
                .isEqualTo(java.util.Arrays.asList(7L, -7L, 31L, 1.5, true, null, "7", "yes", 1.2345678901234568E29));
        assertThat(document.has("none")).isFalse();
        assertThat(document.integer("whole", 0)).isEqualTo(7);
        assertThat(document.object("absent").text("x")).isEmpty();
    }
}

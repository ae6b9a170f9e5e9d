package io.inmesh.client.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.testkit.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/debugging.md quotes commands and what they answer: each is run here. A line of three dots stands for any lines. */
class DebuggingPageTest {

    private static final Path PAGE = Path.of(System.getProperty("mesh.root", ".."), "docs", "debugging.md");
    private static final Pattern BLOCK =
            Pattern.compile("```console\n\\$ curl -s '?localhost:15000([^'\n]*)'?\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyQuotedAnswerIsTheAnswer() throws Exception {
        Matcher block = BLOCK.matcher(Files.readString(PAGE));
        int checked = 0;
        try (RunningMesh mesh = new RunningMesh(capture())) {
            while (block.find()) {
                List<String> answer = mesh.get(block.group(1)).lines().toList();
                assertThat(matches(block.group(2).lines().toList(), answer))
                        .as("%s answers%n%s", block.group(1), String.join("\n", answer))
                        .isTrue();
                checked++;
            }
        }
        assertThat(checked).isGreaterThanOrEqualTo(4);
    }

    @Test
    void everyPathThereIsIsOnThePage() throws Exception {
        String page = Files.readString(PAGE);
        try (RunningMesh mesh = new RunningMesh(capture())) {
            for (String path : mesh.get("/").lines().toList()) {
                assertThat(page).contains("`" + path + "`");
            }
        }
    }

    private static Path capture() throws IOException {
        return Peers.shared("istiod-captures").resolve("reviews-timeouts-client");
    }

    private static boolean matches(List<String> quoted, List<String> answer) {
        int at = 0;
        boolean any = false;
        List<String> left = new ArrayList<>(answer);
        for (String line : quoted) {
            if (line.strip().equals("...")) {
                any = true;
                continue;
            }
            int found = left.subList(at, left.size()).indexOf(line);
            if (found < 0 || (found > 0 && !any)) {
                return false;
            }
            at += found + 1;
            any = false;
        }
        return any || at == left.size();
    }
}

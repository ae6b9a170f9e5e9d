package io.inmesh.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.testkit.Peers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnalyzeCommandTest {

    private static final String WRONG = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: reviews, namespace: shop}
            spec:
              hosts: [reviews]
              http:
              - route: [{destination: {host: nobody}}]
                retrys: {attempts: 2}
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: reviews, namespace: shop}
            spec: {host: elsewhere}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void logIsInIstioctlsWords() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), WRONG);
        assertThat(analyze("-f", file.toString())).isEqualTo(79);
        assertThat(out.toString()).isEqualTo("""
                Error [IST0101] (VirtualService shop/reviews FILE:7) Referenced host not found: "nobody"
                Error [IST0106] (VirtualService shop/reviews FILE:8) Schema validation error: spec.http[0].retrys: unknown field "spec.http[0].retrys"; did you mean 'retries'?
                Warning [IST0174] (DestinationRule shop/reviews FILE:13) The host elsewhere defined in the DestinationRule does not match any services in the mesh.
                """.replace("FILE", file.toString()));
        assertThat(err.toString()).startsWith("Error: Analyzers found issues");
    }

    @Test
    void jsonHasIstioctlsShapeAndTheSameExitCode() throws Exception {
        Path file = Files.writeString(folder.resolve("wrong.yaml"), WRONG);
        assertThat(analyze("-f", file.toString(), "-o", "json", "--output-threshold", "Error"))
                .isEqualTo(79);
        assertThat(out.toString()).isEqualTo("""
                [
                  {
                    "code": "IST0101",
                    "documentationUrl": "https://istio.io/v1.30/docs/reference/config/analysis/ist0101/",
                    "level": "Error",
                    "message": "Referenced host not found: \\"nobody\\"",
                    "origin": "VirtualService shop/reviews",
                    "reference": "FILE:7"
                  },
                  {
                    "code": "IST0106",
                    "documentationUrl": "https://istio.io/v1.30/docs/reference/config/analysis/ist0106/",
                    "level": "Error",
                    "message": "Schema validation error: spec.http[0].retrys: unknown field \\"spec.http[0].retrys\\"; did you mean 'retries'?",
                    "origin": "VirtualService shop/reviews",
                    "reference": "FILE:8"
                  }
                ]
                """.replace("FILE", file.toString()));
        assertThat(err.toString()).isEmpty();
        assertThat(analyze("-f", file.toString(), "-o", "yaml")).isEqualTo(79);
        assertThat(out.toString()).startsWith("- code: IST0101\n  documentationUrl: \"https://");
    }

    @Test
    void thresholdsDecideWhatIsShownAndWhatFails() throws Exception {
        Path file = Files.writeString(folder.resolve("warn.yaml"), WRONG.substring(WRONG.indexOf("---")));
        assertThat(analyze("-f", file.toString())).isZero();
        assertThat(out.toString()).startsWith("Warning [IST0174]");
        assertThat(analyze("-f", file.toString(), "--failure-threshold", "warning"))
                .isEqualTo(79);
        assertThat(analyze("-f", file.toString(), "--output-threshold", "Error"))
                .isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("\u2714 No validation issues found when analyzing ");
        assertThat(analyze("-f", file.toString(), "--failure-threshold", "bad")).isEqualTo(64);
    }

    @Test
    void theTutorialHasNoErrorButWhatIsTrulyMissing() throws Exception {
        try (Stream<Path> files = Files.list(Peers.shared("tutorial"))) {
            List<Path> all = files.filter(path -> path.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            assertThat(all).isNotEmpty();
            String[] line = new String[all.size() * 2];
            for (int i = 0; i < all.size(); i++) {
                line[2 * i] = "-f";
                line[2 * i + 1] = all.get(i).toString();
            }
            analyze(line);
            assertThat(out.toString().lines().filter(text -> text.startsWith("Error")))
                    .as("services, workloads and certificates that the files do not hold")
                    .isNotEmpty()
                    .allMatch(
                            text -> text.matches(
                                    "Error \\[IST0101] .* Referenced (host|host\\+subset in destinationrule|credentialName) not found: .*"));
        }
    }

    @Test
    void ofTenThousandCleanResourcesNothingIsSaid() throws Exception {
        StringBuilder yaml = new StringBuilder();
        for (int i = 0; i < 2_500; i++) {
            yaml.append("""
                    apiVersion: v1
                    kind: Service
                    metadata: {name: s%1$d, namespace: n%2$d}
                    spec: {selector: {app: s%1$d}, ports: [{name: http, port: 80}]}
                    ---
                    apiVersion: v1
                    kind: Pod
                    metadata: {name: s%1$d, namespace: n%2$d, labels: {app: s%1$d, version: v1}}
                    spec: {containers: [{name: app, image: app}]}
                    ---
                    apiVersion: networking.istio.io/v1
                    kind: DestinationRule
                    metadata: {name: s%1$d, namespace: n%2$d}
                    spec: {host: s%1$d, subsets: [{name: v1, labels: {version: v1}}]}
                    ---
                    apiVersion: networking.istio.io/v1
                    kind: VirtualService
                    metadata: {name: s%1$d, namespace: n%2$d}
                    spec: {hosts: [s%1$d], http: [{timeout: 1s, route: [{destination: {host: s%1$d, subset: v1}}]}]}
                    ---
                    """.formatted(i, i % 50));
        }
        Path file = Files.writeString(folder.resolve("large.yaml"), yaml);
        assertThat(analyze("-f", file.toString(), "--output-threshold", "info")).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void crdsOfAFileDecideAndABrokenFileIsUnreadable() throws Exception {
        Path crds = Files.writeString(folder.resolve("crds.yaml"), """
                kind: CustomResourceDefinition
                spec:
                  group: networking.istio.io
                  names: {kind: DestinationRule}
                  versions:
                  - {name: v1, schema: {openAPIV3Schema: {type: object, properties: {spec: {type: object,
                      properties: {host: {type: string, x-kubernetes-validations: [{rule: self != 'elsewhere', message: not there}]}}}}}}}
                """);
        Path file = Files.writeString(folder.resolve("wrong.yaml"), WRONG.substring(WRONG.indexOf("---")));
        assertThat(analyze("-f", file.toString(), "--crds", crds.toString())).isEqualTo(79);
        assertThat(out.toString()).contains("spec.host: Invalid value: \"string\": not there");
        assertThat(analyze("-f", file.toString(), "--crds", file.toString())).isEqualTo(65);
        assertThat(err.toString()).contains("holds no CustomResourceDefinition");
    }

    @Test
    void aBombIsRefusedWithItsLine() throws Exception {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 9; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n"
                    .formatted(i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1));
        }
        Path file = Files.writeString(folder.resolve("bomb.yaml"), bomb);
        assertThat(analyze("-f", file.toString())).isEqualTo(65);
        assertThat(out.toString())
                .contains("bomb.yaml:")
                .contains("more than 500000 values")
                .doesNotContain("\tat ");
        Path deep = Files.writeString(folder.resolve("deep.json"), "[".repeat(5_000));
        assertThat(analyze("-f", deep.toString())).isEqualTo(65);
        assertThat(out.toString()).contains("deep.json:1").contains("64 levels");
    }

    private int analyze(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] line = new String[arguments.length + 1];
        line[0] = "analyze";
        System.arraycopy(arguments, 0, line, 1, arguments.length);
        return Meshctl.run(new PrintWriter(out, true), new PrintWriter(err, true), line);
    }
}

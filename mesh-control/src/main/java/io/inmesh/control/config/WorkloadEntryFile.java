package io.inmesh.control.config;

import io.inmesh.control.yaml.YamlLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Keeps the entries of workloads that registered themselves in one YAML file, replaced as a whole. Used by one thread. */
public final class WorkloadEntryFile {

    private final Path file;

    public WorkloadEntryFile(Path file) {
        this.file = file;
    }

    /** The entries of the last write; none if there is no file or it is damaged. */
    public List<WorkloadEntry> read() throws IOException {
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        FileContent content =
                FileContent.NOTHING.next(file.getFileName().toString(), Files.readAllBytes(file), YamlLimits.DEFAULT);
        return content.resources().values().stream()
                .filter(WorkloadEntry.class::isInstance)
                .map(WorkloadEntry.class::cast)
                .toList();
    }

    /** Replaces the file atomically. */
    public void write(Collection<WorkloadEntry> entries) throws IOException {
        StringBuilder text =
                new StringBuilder("# Workloads that registered themselves. Written by the control service.\n");
        for (WorkloadEntry entry : entries) {
            text.append("---\n");
            append(text, entry);
        }
        Path written = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(written, text, StandardCharsets.UTF_8);
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void append(StringBuilder text, WorkloadEntry entry) {
        WorkloadEntry.Spec spec = entry.spec();
        text.append("apiVersion: networking.istio.io/v1\nkind: WorkloadEntry\nmetadata:\n")
                .append("  name: ")
                .append(quoted(entry.meta().name()))
                .append('\n')
                .append("  namespace: ")
                .append(quoted(entry.meta().namespace()))
                .append('\n')
                .append("spec:\n")
                .append("  address: ")
                .append(quoted(spec.address()))
                .append('\n')
                .append("  weight: ")
                .append(spec.weight())
                .append('\n')
                .append("  locality: ")
                .append(quoted(spec.locality()))
                .append('\n')
                .append("  serviceAccount: ")
                .append(quoted(spec.serviceAccount()))
                .append('\n')
                .append("  ports: {");
        String comma = "";
        for (Map.Entry<String, Integer> port : new TreeMap<>(spec.ports()).entrySet()) {
            text.append(comma).append(quoted(port.getKey())).append(": ").append(port.getValue());
            comma = ", ";
        }
        text.append("}\n  labels: {");
        comma = "";
        for (Map.Entry<String, String> label : new TreeMap<>(spec.labels()).entrySet()) {
            text.append(comma).append(quoted(label.getKey())).append(": ").append(quoted(label.getValue()));
            comma = ", ";
        }
        text.append("}\n");
    }

    /** Labels come from clients: whatever they hold stays inside of the quotes. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c < 0x20 || c > 0x7e) {
                quoted.append(String.format("\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }
}

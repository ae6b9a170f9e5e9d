package io.inmesh.control.app;

import io.inmesh.control.analysis.Validation;
import io.inmesh.control.analysis.analyzer.Analysis;
import io.inmesh.control.analysis.analyzer.Item;
import io.inmesh.control.analysis.analyzer.Items;
import io.inmesh.control.analysis.analyzer.Message;
import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.analysis.message.Finding;
import io.inmesh.control.config.ConfigFiles;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Problem;
import io.inmesh.control.config.WrittenResource;
import io.inmesh.control.config.WrittenResources;
import io.inmesh.control.yaml.YamlNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with files of resources: each by itself, and all together. Safe for use by several threads. */
public final class ResourceAnalysis {

    private static final Comparator<Message> ORDER = Comparator.comparing(
                    (Message message) -> message.code().level())
            .thenComparing(message -> message.code().number())
            .thenComparing(Message::resource)
            .thenComparing(message -> message.origin().file())
            .thenComparing(message -> message.origin().line())
            .thenComparing(Message::text);

    private final Validation validation;

    /**
     * What an analysis gave.
     *
     * @param messages the worst first
     * @param unreadable files, or parts of them, that are no resources
     */
    public record Result(List<Message> messages, List<Problem> unreadable, int resources) {}

    public ResourceAnalysis(Validation validation) {
        this.validation = validation;
    }

    /**
     * Each resource by itself: what the webhook would say of it.
     *
     * @throws IOException if a file is not there or cannot be read
     */
    public Result validate(List<Path> files) throws IOException {
        WrittenResources written = ConfigFiles.written(files);
        Set<Message> messages = new LinkedHashSet<>(judged(written));
        messages.addAll(read(ConfigFiles.read(files), messages));
        return result(messages, written);
    }

    /**
     * Each by itself and all together.
     *
     * @param meshConfig the mesh's settings, if they are not among the files
     * @throws IOException if a file is not there or cannot be read
     */
    public Result analyze(List<Path> files, Optional<YamlNode.Mapping> meshConfig) throws IOException {
        WrittenResources written = ConfigFiles.written(files);
        Set<Message> messages = new LinkedHashSet<>(judged(written));
        messages.addAll(read(ConfigFiles.read(files), messages));
        List<Item> items = written.resources().stream()
                .map(resource -> Item.of(resource.root(), resource.namespace()))
                .toList();
        messages.addAll(new Analysis().analyze(new Items(items, meshConfig)));
        return result(messages, written);
    }

    private static Result result(Set<Message> messages, WrittenResources written) {
        return new Result(
                messages.stream().sorted(ORDER).toList(),
                written.unreadable(),
                written.resources().size());
    }

    private List<Message> judged(WrittenResources written) {
        List<Message> messages = new ArrayList<>();
        for (WrittenResource resource : written.resources()) {
            String shown = Item.of(resource.root(), resource.namespace()).shown();
            for (Finding finding : validation.check(resource.root())) {
                messages.add(new Message(finding.code(), shown, finding.origin(), text(finding)));
            }
        }
        return messages;
    }

    private static String text(Finding finding) {
        return switch (finding.code()) {
            case SCHEMA_VALIDATION_ERROR, UNKNOWN_FIELD -> "Schema validation error: " + finding.message();
            case SCHEMA_WARNING -> "Schema validation warning: " + finding.message();
            default -> finding.message();
        };
    }

    /** What only the mesh itself says: fields without effect here, and what it cannot use though Istio could. */
    private static List<Message> read(ConfigSnapshot config, Set<Message> known) {
        Set<String> refused = new HashSet<>();
        Set<String> unknown = new HashSet<>();
        known.forEach(message -> {
            if (message.code() == Code.SCHEMA_VALIDATION_ERROR) {
                refused.add(message.origin().file() + " " + nameOf(message.resource()));
            } else if (message.code() == Code.UNKNOWN_FIELD) {
                unknown.add(message.origin().toString());
            }
        });
        List<Message> messages = new ArrayList<>();
        for (Problem problem : config.problems()) {
            boolean error = problem.severity() == Problem.Severity.ERROR;
            boolean said = error
                    ? refused.contains(problem.origin().file() + " " + nameOf(problem.resource()))
                    : unknown.contains(problem.origin().toString()) || ofNoConcern(problem);
            if (!said && !problem.resource().equals(problem.origin().file())) {
                String field = problem.field().isEmpty() ? "" : problem.field() + ": ";
                Code code = code(problem);
                String kind = code == Code.SCHEMA_VALIDATION_ERROR ? "Schema validation error: " : "";
                messages.add(new Message(code, problem.resource(), problem.origin(), kind + field + problem.reason()));
            }
        }
        return messages;
    }

    /** That a resource is written twice is told by its reason alone: it has no field. */
    private static Code code(Problem problem) {
        if (problem.severity() == Problem.Severity.UNSUPPORTED) {
            return Code.UNSUPPORTED_FIELD;
        }
        boolean twice = problem.reason().startsWith("is already written at")
                || problem.reason().startsWith("stands twice");
        return problem.field().isEmpty() && twice ? Code.DUPLICATE_RESOURCE : Code.SCHEMA_VALIDATION_ERROR;
    }

    /** Kinds that are no part of a mesh, such as Deployments. */
    private static boolean ofNoConcern(Problem problem) {
        return problem.field().isEmpty() && !problem.reason().contains("istio.io");
    }

    /** Kind and name; one side may know the namespace and the other not. */
    private static String nameOf(String resource) {
        return resource.substring(0, resource.indexOf(' ') + 1)
                + resource.substring(resource.lastIndexOf('/') + 1).replaceFirst("^.* ", "");
    }
}

package io.inmesh.cli;

import io.inmesh.control.analysis.analyzer.Message;
import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.analysis.message.Level;
import io.inmesh.control.app.ResourceAnalysis;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verdict on each resource that the webhook would give. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Says what the webhook would say of each resource: what is refused, what has no effect.",
            "Exit code: 0 all are allowed, 65 unreadable, 79 a resource is refused."
        })
final class ValidateCommand implements Callable<Integer> {

    @Mixin
    private ConfigOptions config = new ConfigOptions();

    @Mixin
    private SchemaOptions schema = new SchemaOptions();

    @Option(
            names = {"-o", "--output"},
            description = "Output format: ${COMPLETION-CANDIDATES}; log if it is not set.")
    private MessageFormat format = MessageFormat.LOG;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        ResourceAnalysis.Result result = new ResourceAnalysis(schema.validation()).validate(config.paths());
        PrintWriter out = spec.commandLine().getOut();
        List<MessageText> messages =
                result.messages().stream().map(ValidateCommand::verdict).toList();
        out.print(format.write(MessageText.withUnreadable(messages, result.unreadable())));
        long refused = messages.stream()
                .filter(message -> message.level() == Level.ERROR)
                .map(MessageText::origin)
                .distinct()
                .count();
        if (format == MessageFormat.LOG) {
            out.println(result.resources() + " resources, " + refused + " refused, "
                    + messages.stream()
                            .filter(message -> message.level() != Level.ERROR)
                            .count() + " warnings.");
        }
        out.flush();
        if (!result.unreadable().isEmpty()) {
            return ExitCode.UNREADABLE;
        }
        return refused > 0 ? ExitCode.ISSUES : ExitCode.OK;
    }

    /** The API server drops a field that it does not know before it asks: that warns and refuses nothing. */
    private static MessageText verdict(Message message) {
        MessageText text = MessageText.of(message);
        return message.code() == Code.UNKNOWN_FIELD ? text.at(Level.WARNING) : text;
    }
}

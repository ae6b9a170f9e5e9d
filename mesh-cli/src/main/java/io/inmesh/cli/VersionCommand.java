package io.inmesh.cli;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Which meshctl this is. */
@Command(name = "version", mixinStandardHelpOptions = true, description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getOut().println(new Provider().getVersion()[0]);
        return ExitCode.OK;
    }

    /** From the jar's manifest; from classes there is none. */
    static final class Provider implements IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Optional.ofNullable(Meshctl.class.getPackage().getImplementationVersion())
                    .orElse("(not packaged)");
            return new String[] {
                "meshctl " + version + ", Java " + Runtime.version().feature()
            };
        }
    }
}

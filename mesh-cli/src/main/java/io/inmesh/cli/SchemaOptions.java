package io.inmesh.cli;

import io.inmesh.control.analysis.Validation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What resources are judged by. */
final class SchemaOptions {

    @Option(
            names = "--crds",
            paramLabel = "FILE",
            description =
                    "CustomResourceDefinitions to judge by; without them meshctl's own model of Istio's resources.")
    private Optional<Path> crds = Optional.empty();

    /**
     * The judge.
     *
     * @throws IOException if the file is not there
     * @throws io.inmesh.control.yaml.InvalidResourceException if it holds no definitions
     */
    Validation validation() throws IOException {
        return crds.isPresent() ? Validation.ofCrds(crds.get()) : Validation.ofOwnModel();
    }
}

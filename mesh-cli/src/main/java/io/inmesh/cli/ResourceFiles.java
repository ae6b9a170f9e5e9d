package io.inmesh.cli;

import io.inmesh.control.yaml.InvalidResourceException;
import io.inmesh.control.yaml.Origin;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads single files that commands are given beside the resources. Stateless. */
final class ResourceFiles {

    private ResourceFiles() {}

    /**
     * The one object of a file.
     *
     * @throws InvalidResourceException with the line if it holds something else
     */
    static YamlNode.Mapping object(Path file) throws IOException {
        List<YamlNode> documents = YamlReader.documents(file.toString(), Files.readAllBytes(file), YamlLimits.DEFAULT);
        if (documents.size() == 1 && documents.get(0) instanceof YamlNode.Mapping object) {
            return object;
        }
        throw new InvalidResourceException(new Origin(file.toString(), 1), "", "must hold one object");
    }
}

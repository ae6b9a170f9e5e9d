package io.inmesh.control.analysis.schema;

import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** Our own model of Istio's resources, for where no CRDs are at hand. Stateless. */
public final class OwnModel {

    private static final List<String> FILES =
            List.of("common.model.yaml", "networking.model.yaml", "security.model.yaml", "extensions.model.yaml");

    private OwnModel() {}

    /** The schemas that this version of ours was made with. */
    public static Schemas read() {
        List<YamlNode.Mapping> files = new ArrayList<>();
        for (String file : FILES) {
            try (InputStream in = OwnModel.class.getResourceAsStream(file)) {
                if (in == null) {
                    throw new IllegalStateException(file + " is not on the class path");
                }
                for (YamlNode document : YamlReader.documents(file, in.readAllBytes(), YamlLimits.DEFAULT)) {
                    files.add((YamlNode.Mapping) document);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return new SchemaNotation().read(files);
    }
}

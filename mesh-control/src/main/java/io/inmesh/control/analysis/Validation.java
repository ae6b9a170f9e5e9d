package io.inmesh.control.analysis;

import io.inmesh.control.analysis.cel.RuleCheck;
import io.inmesh.control.analysis.cel.RuleEngine;
import io.inmesh.control.analysis.message.Finding;
import io.inmesh.control.analysis.schema.CrdReader;
import io.inmesh.control.analysis.schema.OwnModel;
import io.inmesh.control.analysis.schema.Patterns;
import io.inmesh.control.analysis.schema.Schema;
import io.inmesh.control.analysis.schema.Schemas;
import io.inmesh.control.analysis.schema.StructureCheck;
import io.inmesh.control.analysis.semantic.SemanticCheck;
import io.inmesh.control.yaml.YamlLimits;
import io.inmesh.control.yaml.YamlNode;
import io.inmesh.control.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The verdict on one resource: its structure, the rules of its schema, and what Istio refuses beyond that. The webhook, the watched
 * sources and meshctl all ask this. Safe for use by several threads.
 */
public final class Validation {

    private final Schemas schemas;
    private final Patterns patterns = new Patterns();
    private final RuleEngine rules = new RuleEngine();

    private Validation(Schemas schemas) {
        this.schemas = schemas;
    }

    /** By our own model of Istio's resources. */
    public static Validation ofOwnModel() {
        return new Validation(OwnModel.read());
    }

    /** By some CRDs; a kind that they do not define is judged by our own model. */
    public static Validation of(Schemas crds) {
        return new Validation(crds.orElse(OwnModel.read()));
    }

    /**
     * By the CRDs of a file; see {@link #of}.
     *
     * @throws IOException if the file is not there
     * @throws io.inmesh.control.yaml.InvalidResourceException with the line if it holds no definitions
     */
    public static Validation ofCrds(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        return of(CrdReader.read(YamlReader.documents(file.toString(), bytes, YamlLimits.DEFAULT)));
    }

    /** What is wrong with a resource, in the order of its fields; nothing is said of kinds without a schema. */
    public List<Finding> check(YamlNode.Mapping resource) {
        String apiVersion = resource.text("apiVersion");
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        String kind = resource.text("kind");
        if (!schemas.knows(group, kind)) {
            return List.of();
        }
        String version = apiVersion.substring(slash + 1);
        Optional<Schema> schema = schemas.find(group, version, kind);
        if (schema.isEmpty()) {
            return List.of(Finding.invalid(
                    resource.originOf("apiVersion"),
                    "apiVersion",
                    "Unsupported value: \"" + apiVersion + "\": " + kind + " has the versions "
                            + schemas.versions(group, kind)));
        }
        List<Finding> findings = new ArrayList<>(check(schema.get(), withoutHead(resource)));
        if (findings.stream().noneMatch(Finding::refuses) && group.endsWith(".istio.io")) {
            findings.addAll(SemanticCheck.of(resource));
        }
        return findings;
    }

    private List<Finding> check(Schema schema, YamlNode.Mapping resource) {
        List<Finding> findings = new ArrayList<>(StructureCheck.of(schema, resource, "", patterns));
        if (findings.stream().noneMatch(Finding::refuses)) {
            findings.addAll(RuleCheck.of(schema, resource, "", rules));
        }
        return findings;
    }

    /** What every resource has is the API server's to judge and has no schema of its own. */
    private static YamlNode.Mapping withoutHead(YamlNode.Mapping resource) {
        Map<String, YamlNode> rest = new LinkedHashMap<>(resource.entries());
        rest.keySet().removeAll(List.of("apiVersion", "kind", "metadata"));
        return new YamlNode.Mapping(rest, resource.origin());
    }
}

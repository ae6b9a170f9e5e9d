package io.inmesh.control.analysis.semantic;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.analysis.message.Finding;
import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** An object inside a resource, with its path, and where remarks about it go. Used by one thread. */
record Spot(YamlNode.Mapping value, String path, List<Finding> findings) {

    boolean has(String field) {
        return value.has(field);
    }

    boolean hasAny(String... fields) {
        for (String field : fields) {
            if (has(field)) {
                return true;
            }
        }
        return false;
    }

    String text(String field) {
        return value.text(field);
    }

    /** The object in a field; an empty one if there is none. */
    Spot object(String field) {
        return new Spot(value.object(field), at(field), findings);
    }

    List<Spot> objects(String field) {
        List<Spot> spots = new ArrayList<>();
        List<YamlNode> items = value.list(field);
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i) instanceof YamlNode.Mapping object) {
                spots.add(new Spot(object, at(field) + "[" + i + "]", findings));
            }
        }
        return spots;
    }

    /** The objects in an object whose keys are the operator's own. */
    List<Spot> values(String field) {
        List<Spot> spots = new ArrayList<>();
        value.object(field).entries().forEach((key, node) -> {
            if (node instanceof YamlNode.Mapping object) {
                spots.add(new Spot(object, at(field) + "[" + key + "]", findings));
            }
        });
        return spots;
    }

    void refuse(String field, String text) {
        findings.add(Finding.invalid(value.originOf(field), at(field), text));
    }

    void refuseIf(boolean wrong, String field, String text) {
        if (wrong) {
            refuse(field, text);
        }
    }

    void warn(String field, String text) {
        findings.add(Finding.warning(value.originOf(field), at(field), text));
    }

    void remark(Code code, String field, String text) {
        findings.add(new Finding(code, value.originOf(field), "", text));
    }

    private String at(String field) {
        return field.isEmpty() ? path : path + "." + field;
    }
}

package io.inmesh.conformance.coverage;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.config.Protos;
import io.inmesh.conformance.config.ResourceKind;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The fields that a configuration's messages set, by their names in Envoy's proto definitions without the package:
 * {@code RouteMatch.prefix}, {@code CircuitBreakers.Thresholds.max_retries}. Where a value is as good as a field it stands behind it:
 * {@code RetryPolicy.retry_on=5xx}, {@code HeaderMatcher.name=:method}, {@code Cluster.lb_policy=MAGLEV}.
 */
final class SetFields {

    private final Set<String> names = new TreeSet<>();

    private SetFields() {}

    static Set<String> of(Configuration configuration) {
        SetFields fields = new SetFields();
        for (ResourceKind kind : ResourceKind.values()) {
            configuration.messages(kind).forEach(fields::visit);
        }
        return fields.names;
    }

    /** The name of a field as rows give it. */
    static String name(FieldDescriptor field) {
        return name(field.getContainingType()) + "." + field.getName();
    }

    private static String name(Descriptor type) {
        return type.getContainingType() == null
                ? type.getName()
                : name(type.getContainingType()) + "." + type.getName();
    }

    private void visit(Message message) {
        if (message.getDescriptorForType().equals(Any.getDescriptor())) {
            visit(unpacked(message));
            return;
        }
        message.getAllFields().forEach((field, value) -> {
            names.add(name(field));
            values(name(field), value);
            List<?> values = field.isRepeated() ? (List<?>) value : List.of(value);
            for (Object each : values) {
                if (each instanceof Message child) {
                    visit(child);
                }
            }
        });
    }

    private void values(String name, Object value) {
        if (name.equals("RetryPolicy.retry_on")) {
            Arrays.stream(value.toString().split(",", -1)).forEach(token -> names.add(name + "=" + token));
        } else if (name.equals("Cluster.lb_policy")) {
            names.add(name + "=" + value);
        } else if (name.equals("HeaderMatcher.name") && value.toString().startsWith(":")) {
            names.add(name + "=" + value);
        }
    }

    private static Message unpacked(Message any) {
        try {
            return Protos.unpacked(Any.parseFrom(any.toByteString()));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }
}

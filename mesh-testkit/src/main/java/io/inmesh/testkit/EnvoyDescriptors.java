package io.inmesh.testkit;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Envoy's messages as Envoy 1.40 has them: the newest published Java classes lack fields, which are added here. What is parsed with these
 * descriptors is a {@code DynamicMessage}. Thread-safe.
 */
public final class EnvoyDescriptors {

    private static final String RETRY_BUDGET = "envoy.config.cluster.v3.CircuitBreakers.Thresholds.RetryBudget";
    private static final Map<String, List<FieldDescriptorProto>> NEWER =
            Map.of(RETRY_BUDGET, List.of(field("budget_interval", 3)));

    private final Map<String, FileDescriptor> files = new ConcurrentHashMap<>();

    /** The same message with all of its fields, at any depth. */
    public Descriptor newest(Descriptor published) {
        return find(file(published.getFile()).getMessageTypes(), published.getFullName());
    }

    private static Descriptor find(List<Descriptor> types, String fullName) {
        for (Descriptor type : types) {
            if (type.getFullName().equals(fullName)) {
                return type;
            }
            if (fullName.startsWith(type.getFullName() + ".")) {
                return find(type.getNestedTypes(), fullName);
            }
        }
        throw new IllegalArgumentException("No message " + fullName);
    }

    private FileDescriptor file(FileDescriptor published) {
        FileDescriptor known = files.get(published.getName());
        if (known == null) {
            known = rebuilt(published);
            files.put(published.getName(), known);
        }
        return known;
    }

    private FileDescriptor rebuilt(FileDescriptor published) {
        List<FileDescriptor> imports = new ArrayList<>();
        published.getDependencies().forEach(file -> imports.add(file(file)));
        FileDescriptorProto.Builder file = published.toProto().toBuilder();
        for (DescriptorProto.Builder type : file.getMessageTypeBuilderList()) {
            add(type, file.getPackage());
        }
        if (file.build().equals(published.toProto()) && imports.equals(published.getDependencies())) {
            return published;
        }
        FileDescriptor durations = Duration.getDescriptor().getFile();
        if (!imports.contains(durations)) {
            imports.add(durations);
            file.addDependency(durations.getName());
        }
        try {
            return FileDescriptor.buildFrom(file.build(), imports.toArray(FileDescriptor[]::new));
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(published.getName(), e);
        }
    }

    private static void add(DescriptorProto.Builder type, String scope) {
        String fullName = scope + "." + type.getName();
        type.addAllField(NEWER.getOrDefault(fullName, List.of()));
        for (DescriptorProto.Builder nested : type.getNestedTypeBuilderList()) {
            add(nested, fullName);
        }
    }

    private static FieldDescriptorProto field(String name, int number) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(FieldDescriptorProto.Label.LABEL_OPTIONAL)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName(".google.protobuf.Duration")
                .build();
    }
}

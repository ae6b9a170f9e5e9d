package io.inmesh.xds.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.inmesh.xds.envoy.DeclaredTypes;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our declarations against Envoy's descriptors: names, numbers, types, labels, oneofs, enum values. Istio's CA has no public classes. */
class DeclarationsTest {

    static Stream<MessageType> envoysMessages() {
        return DeclaredTypes.REGISTRY.types().stream()
                .filter(type -> !type.fullName().startsWith("istio."));
    }

    @ParameterizedTest
    @MethodSource("envoysMessages")
    void everyDeclaredFieldIsEnvoys(MessageType type) {
        Descriptor envoys = EnvoyClasses.descriptor(type.fullName());

        assertThat(envoys.getFullName()).isEqualTo(type.fullName());
        for (Field<?> field : type.fields()) {
            FieldDescriptor theirs = envoys.findFieldByNumber(field.number());
            assertThat(theirs).as("%s of %s", field, type).isNotNull();
            assertThat(describe(field)).as("%s of %s", field, type).isEqualTo(describe(theirs));
        }
    }

    @ParameterizedTest
    @MethodSource("envoysMessages")
    void everyFieldThatEnvoyHasIsDeclaredOrNamed(MessageType type) {
        Map<Integer, String> ours = new TreeMap<>(type.others());
        type.fields().forEach(field -> ours.put(field.number(), field.name()));

        Map<Integer, String> theirs = EnvoyClasses.descriptor(type.fullName()).getFields().stream()
                .collect(Collectors.toMap(FieldDescriptor::getNumber, FieldDescriptor::getName));
        assertThat(ours).isEqualTo(new TreeMap<>(theirs));
    }

    private static String describe(Field<?> field) {
        String value = describe(field.type());
        return switch (field.label()) {
            case SINGULAR -> field.name() + ": " + value + (field.oneof() == null ? "" : " in " + field.oneof());
            case REPEATED -> field.name() + ": list of " + value;
            case MAP ->
                field.name() + ": map of "
                        + describe(field.entryType().fields().get(0).type()) + " to " + value;
        };
    }

    private static String describe(FieldType<?> type) {
        return switch (type.kind()) {
            case MESSAGE -> type.messageType().fullName();
            case ENUM ->
                type.constants().stream()
                        .collect(Collectors.toMap(WireEnum::number, WireEnum::name, (a, b) -> a, TreeMap::new))
                        .toString();
            default -> type.kind().name();
        };
    }

    private static String describe(FieldDescriptor field) {
        if (field.isMapField()) {
            Descriptor entry = field.getMessageType();
            return field.getName() + ": map of " + value(entry.findFieldByNumber(1)) + " to "
                    + value(entry.findFieldByNumber(2));
        } else if (field.isRepeated()) {
            return field.getName() + ": list of " + value(field);
        }
        return field.getName() + ": " + value(field)
                + (field.getContainingOneof() == null
                        ? ""
                        : " in " + field.getContainingOneof().getName());
    }

    private static String value(FieldDescriptor field) {
        return switch (field.getType()) {
            case MESSAGE -> field.getMessageType().getFullName();
            case ENUM ->
                field.getEnumType().getValues().stream()
                        .collect(Collectors.toMap(
                                EnumValueDescriptor::getNumber,
                                EnumValueDescriptor::getName,
                                (a, b) -> a,
                                TreeMap::new))
                        .toString();
            default -> field.getType().name();
        };
    }
}

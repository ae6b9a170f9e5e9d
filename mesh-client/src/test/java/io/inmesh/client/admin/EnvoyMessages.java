package io.inmesh.client.admin;

import static com.google.protobuf.Descriptors.FieldDescriptor.JavaType.MESSAGE;

import com.google.protobuf.Any;
import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Empty;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.TypeRegistry;
import com.google.protobuf.util.JsonFormat;
import io.inmesh.xds.envoy.DeclaredTypes;
import io.inmesh.xds.wire.MessageType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads JSON strictly with Envoy's own classes. Types of Istio's own filters, which have no classes, read as empty messages. */
final class EnvoyMessages {

    private static final Pattern TYPE = Pattern.compile("\"@type\": \"type.googleapis.com/([^\"]+)\"");

    private static final Pattern NESTED = Pattern.compile(".*\\.[A-Z]\\w*\\.[A-Z]\\w*");

    private EnvoyMessages() {}

    static <B extends Message.Builder> B read(String json, B builder) throws InvalidProtocolBufferException {
        JsonFormat.parser().usingTypeRegistry(typesIn(json)).merge(json, builder);
        return builder;
    }

    /** A DiscoveryResponse or the like in JSON as bytes. */
    static byte[] bytes(String json, Message.Builder builder) throws InvalidProtocolBufferException {
        return read(json, builder).build().toByteArray();
    }

    /** The message without what we do not declare, at any depth, as JSON: bytes of equal messages may differ. */
    static String declared(Message message) throws InvalidProtocolBufferException {
        TypeRegistry.Builder types = TypeRegistry.newBuilder().add(Empty.getDescriptor());
        DeclaredTypes.REGISTRY.types().stream()
                .map(MessageType::fullName)
                .filter(name -> name.startsWith("envoy.") || name.startsWith("udpa."))
                .filter(name -> !NESTED.matcher(name).matches()) // in no Any, and newer ones have no class yet
                .forEach(name -> types.add(descriptor(name)));
        return JsonFormat.printer()
                .usingTypeRegistry(types.build())
                .sortingMapKeys()
                .print(declaredOnly(message));
    }

    private static Message declaredOnly(Message message) throws InvalidProtocolBufferException {
        Optional<MessageType> declared =
                DeclaredTypes.REGISTRY.find(message.getDescriptorForType().getFullName());
        if (declared.isEmpty()) {
            return message;
        }
        Set<String> names =
                declared.get().fields().stream().map(field -> field.name()).collect(Collectors.toSet());
        Message.Builder kept = message.toBuilder();
        for (Map.Entry<FieldDescriptor, Object> field : message.getAllFields().entrySet()) {
            if (!names.contains(field.getKey().getName())) {
                kept.clearField(field.getKey());
            } else if (field.getValue() instanceof List<?> list
                    && field.getKey().getJavaType() == MESSAGE) {
                for (int i = 0; i < list.size(); i++) {
                    kept.setRepeatedField(field.getKey(), i, declaredOnlyValue((Message) list.get(i)));
                }
            } else if (field.getValue() instanceof Message nested) {
                kept.setField(field.getKey(), declaredOnlyValue(nested));
            }
        }
        return kept.build();
    }

    private static Message declaredOnlyValue(Message value) throws InvalidProtocolBufferException {
        if (!value.getDescriptorForType().getFullName().equals("google.protobuf.Any")) {
            return declaredOnly(value);
        }
        Any any = Any.parseFrom(value.toByteString());
        String name = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        if (DeclaredTypes.REGISTRY.find(name).isEmpty()) {
            return Any.pack(Empty.getDefaultInstance());
        }
        Message held = DynamicMessage.parseFrom(descriptor(name), any.getValue());
        return any.toBuilder().setValue(declaredOnly(held).toByteString()).build();
    }

    private static TypeRegistry typesIn(String json) {
        TypeRegistry.Builder types = TypeRegistry.newBuilder();
        Matcher found = TYPE.matcher(json);
        while (found.find()) {
            types.add(descriptor(found.group(1)));
        }
        return types.build();
    }

    private static Descriptor descriptor(String fullName) {
        try {
            Object instance = Class.forName(className(fullName))
                    .getMethod("getDefaultInstance")
                    .invoke(null);
            return ((Message) instance).getDescriptorForType();
        } catch (ReflectiveOperationException e) {
            if (fullName.startsWith("envoy.") && !fullName.contains("alpn")) {
                throw new LinkageError("No class of " + fullName, e);
            }
            return empty(fullName);
        }
    }

    private static Descriptor empty(String fullName) {
        int dot = fullName.lastIndexOf('.');
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName(fullName)
                .setPackage(dot < 0 ? "" : fullName.substring(0, dot))
                .addMessageType(DescriptorProto.newBuilder().setName(fullName.substring(dot + 1)))
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[0])
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw new IllegalArgumentException(fullName, e);
        }
    }

    private static String className(String fullName) {
        String java = fullName.startsWith("envoy.")
                ? "io.envoyproxy." + fullName
                : fullName.startsWith("udpa.") ? "com.github.udpa." + fullName : "com." + fullName;
        StringBuilder name = new StringBuilder();
        boolean inClass = false;
        for (String part : java.split("\\.", -1)) {
            name.append(name.isEmpty() ? "" : inClass ? "$" : ".").append(part);
            inClass |= Character.isUpperCase(part.charAt(0));
        }
        return name.toString();
    }
}

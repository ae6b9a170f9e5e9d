package io.inmesh.xds.wire;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.inmesh.testkit.EnvoyDescriptors;

/** Finds the generated class of a message by its full name. */
final class EnvoyClasses {

    private static final EnvoyDescriptors DESCRIPTORS = new EnvoyDescriptors();

    private EnvoyClasses() {}

    static Descriptor descriptor(String fullName) {
        return DESCRIPTORS.newest(defaultInstance(fullName).getDescriptorForType());
    }

    static Message defaultInstance(String fullName) {
        Descriptor newer = NewerEnvoy.find(fullName);
        if (newer != null) {
            return DynamicMessage.getDefaultInstance(newer);
        }
        try {
            return (Message) Class.forName(className(fullName))
                    .getMethod("getDefaultInstance")
                    .invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("No class of " + fullName, e);
        }
    }

    /** The package in lower case, classes inside classes after a dollar sign. */
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

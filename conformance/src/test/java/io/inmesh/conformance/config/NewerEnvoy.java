package io.inmesh.conformance.config;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import io.envoyproxy.envoy.config.common.matcher.v3.MatchPredicate;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.ArrayList;
import java.util.List;

/** Fields that the running Envoy has and the newest published Java classes do not. */
final class NewerEnvoy {

    private NewerEnvoy() {}

    /** {@code HttpProtocolOptions} with {@code outlier_detection}. */
    static Descriptor httpProtocolOptions() {
        FileDescriptor published = HttpProtocolOptions.getDescriptor().getFile();
        FileDescriptor matchers = MatchPredicate.getDescriptor().getFile();
        DescriptorProto.Builder message = HttpProtocolOptions.getDescriptor().toProto().toBuilder()
                .addNestedType(DescriptorProto.newBuilder()
                        .setName("OutlierDetection")
                        .addField(field(
                                "error_matcher",
                                1,
                                MatchPredicate.getDescriptor().getFullName())))
                .addField(field(
                        "outlier_detection",
                        8,
                        HttpProtocolOptions.getDescriptor().getFullName() + ".OutlierDetection"));
        FileDescriptorProto file = published.toProto().toBuilder()
                .setMessageType(0, message)
                .addDependency(matchers.getName())
                .build();
        List<FileDescriptor> dependencies = new ArrayList<>(published.getDependencies());
        dependencies.add(matchers);
        try {
            return FileDescriptor.buildFrom(file, dependencies.toArray(FileDescriptor[]::new))
                    .findMessageTypeByName("HttpProtocolOptions");
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldDescriptorProto.Builder field(String name, int number, String type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(Label.LABEL_OPTIONAL)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName("." + type);
    }
}

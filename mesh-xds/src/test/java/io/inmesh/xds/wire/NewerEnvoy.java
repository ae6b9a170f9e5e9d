package io.inmesh.xds.wire;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.common.matcher.v3.MatchPredicate;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Messages of which the running Envoy knows more than the newest published Java classes: the classes' descriptors with what Envoy 1.40
 * adds. That the numbers are Envoy's is shown by conformance rows that set these fields.
 */
final class NewerEnvoy {

    private static final String PACKAGE = ".envoy.extensions.upstreams.http.v3.HttpProtocolOptions";
    private static final String ROUTE = ".envoy.config.route.v3.";
    private static final Descriptor HTTP_PROTOCOL_OPTIONS = httpProtocolOptions();

    private NewerEnvoy() {}

    /** Null if the published classes are up to date. */
    static @Nullable Descriptor find(String fullName) {
        if (fullName.equals(HTTP_PROTOCOL_OPTIONS.getFullName())) {
            return HTTP_PROTOCOL_OPTIONS;
        }
        return HTTP_PROTOCOL_OPTIONS.getNestedTypes().stream()
                .filter(nested -> nested.getFullName().equals(fullName))
                .findFirst()
                .orElse(null);
    }

    private static Descriptor httpProtocolOptions() {
        FileDescriptor published = HttpProtocolOptions.getDescriptor().getFile();
        DescriptorProto.Builder message = HttpProtocolOptions.getDescriptor().toProto().toBuilder()
                .addNestedType(DescriptorProto.newBuilder()
                        .setName("OutlierDetection")
                        .addField(field(
                                "error_matcher",
                                1,
                                Label.LABEL_OPTIONAL,
                                ".envoy.config.common.matcher.v3.MatchPredicate")))
                .addField(field("outlier_detection", 8, Label.LABEL_OPTIONAL, PACKAGE + ".OutlierDetection"))
                .addField(field(
                        "request_mirror_policies", 9, Label.LABEL_REPEATED, ROUTE + "RouteAction.RequestMirrorPolicy"))
                .addField(field("hash_policy", 10, Label.LABEL_REPEATED, ROUTE + "RouteAction.HashPolicy"))
                .addField(field("retry_policy", 11, Label.LABEL_OPTIONAL, ROUTE + "RetryPolicy"));
        List<FileDescriptor> dependencies = new ArrayList<>(published.getDependencies());
        FileDescriptorProto.Builder file = published.toProto().toBuilder().setMessageType(0, message);
        for (Message added : List.of(MatchPredicate.getDefaultInstance(), RetryPolicy.getDefaultInstance())) {
            FileDescriptor theirs = added.getDescriptorForType().getFile();
            dependencies.add(theirs);
            file.addDependency(theirs.getName());
        }
        try {
            return FileDescriptor.buildFrom(file.build(), dependencies.toArray(FileDescriptor[]::new))
                    .findMessageTypeByName("HttpProtocolOptions");
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static FieldDescriptorProto.Builder field(String name, int number, Label label, String type) {
        return FieldDescriptorProto.newBuilder()
                .setName(name)
                .setNumber(number)
                .setLabel(label)
                .setType(FieldDescriptorProto.Type.TYPE_MESSAGE)
                .setTypeName(type);
    }
}

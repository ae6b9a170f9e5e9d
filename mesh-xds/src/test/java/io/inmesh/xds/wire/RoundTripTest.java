package io.inmesh.xds.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.DynamicMessage;
import com.google.protobuf.util.JsonFormat;
import io.inmesh.testkit.Peers;
import io.inmesh.xds.envoy.DeclaredTypes;
import io.inmesh.xds.envoy.Discovery.DiscoveryResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Our wire and JSON forms against protobuf-java's. */
class RoundTripTest {

    static Stream<MessageType> declaredTypes() {
        return DeclarationsTest.envoysMessages();
    }

    @ParameterizedTest
    @MethodSource("declaredTypes")
    void protobufReadsWhatWeWriteAndWeReadWhatItWrites(MessageType type) throws Exception {
        RandomMessages random = new RandomMessages(type.fullName().hashCode());
        for (int i = 0; i < 30; i++) {
            Message ours = random.next(type);

            DynamicMessage theirs = DynamicMessage.parseFrom(EnvoyClasses.descriptor(type.fullName()), ours.toBytes());

            assertThat(theirs.getUnknownFields().asMap()).isEmpty();
            assertThat(Message.parse(type, theirs.toByteArray())).isEqualTo(ours);
            assertThat(Message.parse(type, ours.toBytes())).isEqualTo(ours);
        }
    }

    /** Scalars: the last wins. Messages are merged, lists grow, members of a oneof displace one another, map entries replace. */
    @ParameterizedTest
    @MethodSource("declaredTypes")
    void fieldsThatComeAgainAreMergedAsProtobufMergesThem(MessageType type) throws Exception {
        RandomMessages random = new RandomMessages(type.fullName().hashCode() + 1);
        for (int i = 0; i < 20; i++) {
            ByteArrayOutputStream both = new ByteArrayOutputStream();
            both.write(random.next(type).toBytes());
            both.write(random.next(type).toBytes());

            DynamicMessage theirs =
                    DynamicMessage.parseFrom(EnvoyClasses.descriptor(type.fullName()), both.toByteArray());

            assertThat(Message.parse(type, both.toByteArray())).isEqualTo(Message.parse(type, theirs.toByteArray()));
        }
    }

    @ParameterizedTest
    @MethodSource("declaredTypes")
    void protobufReadsOurJsonAsTheSameMessage(MessageType type) throws Exception {
        RandomMessages random = new RandomMessages(type.fullName().hashCode());
        JsonFormat.Parser parser = JsonFormat.parser()
                .usingTypeRegistry(JsonFormat.TypeRegistry.newBuilder()
                        .add(com.google.protobuf.Struct.getDescriptor())
                        .build());
        for (int i = 0; i < 10; i++) {
            Message ours = random.next(type);
            DynamicMessage.Builder read = DynamicMessage.newBuilder(EnvoyClasses.descriptor(type.fullName()));

            parser.merge(JsonPrinter.pretty(DeclaredTypes.REGISTRY).print(ours), read);

            assertThat(Message.parse(type, read.build().toByteArray())).isEqualTo(ours);
        }
    }

    @Test
    void everyCaptureComesBackAsItWas() throws Exception {
        int resources = 0;
        for (Path file : captures()) {
            byte[] bytes = Files.readAllBytes(file);
            Message response = Message.parse(DiscoveryResponse.TYPE, bytes);
            assertThat(reread(DiscoveryResponse.TYPE, response.toBytes()))
                    .isEqualTo(reread(DiscoveryResponse.TYPE, bytes));
            for (Message any : response.get(DiscoveryResponse.RESOURCES)) {
                MessageType type =
                        DeclaredTypes.REGISTRY.find(any.get(Any.TYPE_URL)).orElseThrow();
                Message resource = Any.unpack(any, type);
                assertThat(reread(type, resource.toBytes()))
                        .isEqualTo(reread(type, any.get(Any.VALUE).toByteArray()));
                resources++;
            }
        }
        assertThat(resources).isGreaterThan(500);
    }

    private static com.google.protobuf.Message reread(MessageType type, byte[] bytes) throws IOException {
        return EnvoyClasses.defaultInstance(type.fullName()).getParserForType().parseFrom(bytes);
    }

    private static List<Path> captures() throws IOException {
        try (Stream<Path> files = Files.walk(Peers.shared("istiod-captures"))) {
            return files.filter(file -> file.toString().endsWith(".pb"))
                    .sorted()
                    .toList();
        }
    }
}

package io.inmesh.control.serve;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.inmesh.xds.wire.MalformedMessageException;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Carries messages of one declared type over gRPC, without a protobuf runtime (record 1). Thread-safe. */
public final class WireMarshaller implements MethodDescriptor.Marshaller<Message> {

    private final MessageType type;

    public WireMarshaller(MessageType type) {
        this.type = type;
    }

    /** A gRPC method whose messages are of declared types. */
    public static MethodDescriptor<Message, Message> method(
            MethodDescriptor.MethodType kind, String fullName, MessageType request, MessageType response) {
        return MethodDescriptor.<Message, Message>newBuilder()
                .setType(kind)
                .setFullMethodName(fullName)
                .setRequestMarshaller(new WireMarshaller(request))
                .setResponseMarshaller(new WireMarshaller(response))
                .build();
    }

    @Override
    public InputStream stream(Message message) {
        return new ByteArrayInputStream(message.toBytes());
    }

    @Override
    public Message parse(InputStream stream) {
        try {
            return Message.parse(type, stream.readAllBytes());
        } catch (MalformedMessageException e) {
            throw Status.INVALID_ARGUMENT
                    .withDescription(e.getMessage())
                    .withCause(e)
                    .asRuntimeException();
        } catch (IOException e) {
            throw Status.CANCELLED
                    .withDescription("the message was cut")
                    .withCause(e)
                    .asRuntimeException();
        }
    }
}

package io.inmesh.control.serve;

import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.inmesh.control.push.Answer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Sends answers without copying what they share. Answers are never read here. Thread-safe. */
final class AnswerMarshaller implements MethodDescriptor.Marshaller<Answer> {

    @Override
    public InputStream stream(Answer answer) {
        return new Known(answer);
    }

    @Override
    public Answer parse(InputStream stream) {
        throw new UnsupportedOperationException("the control service sends answers and gets none");
    }

    /** gRPC needs the length before the first byte. */
    private static final class Known extends FilterInputStream implements KnownLength {
        private int left;

        Known(Answer answer) {
            super(answer.stream());
            left = answer.length();
        }

        @Override
        public int available() {
            return left;
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            left -= value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            left -= Math.max(0, count);
            return count;
        }
    }
}

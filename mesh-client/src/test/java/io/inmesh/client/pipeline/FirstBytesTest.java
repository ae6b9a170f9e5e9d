package io.inmesh.client.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.client.pipeline.FirstBytes.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class FirstBytesTest {

    private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    private final FirstBytes bytes = new FirstBytes();

    @Test
    void http1IsKnownAtTheFirstByteThatHttp2DoesNotHave() {
        assertThat(feed("P")).isEqualTo(Kind.UNKNOWN);
        assertThat(feed("PO")).isEqualTo(Kind.HTTP1);
        assertThat(bytes.connection(any(), any()).applicationProtocols()).containsExactly("http/1.1");
    }

    @Test
    void http2IsKnownAtTheEndOfItsPreface() {
        assertThat(feed(PREFACE.substring(0, PREFACE.length() - 1))).isEqualTo(Kind.UNKNOWN);
        assertThatThrownBy(() -> bytes.connection(any(), any())).isInstanceOf(IllegalStateException.class);
        assertThat(feed(PREFACE)).isEqualTo(Kind.HTTP2);
        assertThat(bytes.connection(any(), any()).applicationProtocols()).containsExactly("h2c");
    }

    @Test
    void aHelloOfTooManyRecordsIsRefusedOnceAllTheBytesAreThereThatAreWanted() {
        ByteBuffer records = ByteBuffer.allocate(1 << 17);
        // A hello of 16,000 bytes, a byte in each record.
        byte[] hello = {1, 0, 0x3e, (byte) 0x80};
        for (int i = 0; i < 16_004; i++) {
            records.put(new byte[] {22, 3, 1, 0, 1, i < hello.length ? hello[i] : 0});
        }
        records.flip();

        bytes.feed(records.duplicate().limit(1));
        assertThat(bytes.feed(records.duplicate().limit(bytes.wanted() - 1))).isEqualTo(Kind.UNKNOWN);
        assertThat(bytes.feed(records.duplicate().limit(bytes.wanted()))).isEqualTo(Kind.REFUSED);
        assertThat(bytes.refusal()).contains("more than");
    }

    private Kind feed(String text) {
        return bytes.feed(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static InetSocketAddress any() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }
}

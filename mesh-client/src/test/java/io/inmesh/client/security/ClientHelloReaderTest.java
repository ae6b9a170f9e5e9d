package io.inmesh.client.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.inmesh.client.security.ClientHelloReader.Progress;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClientHelloReaderTest {

    private static final String NAME = "outbound_.9080_.v1_.reviews.default.svc.cluster.local";
    private static final List<String> ALPN = List.of("istio-http/1.1", "istio", "http/1.1");
    private static final int RECORD_HEADER = 5;

    @Test
    void readsWhatJsseSays() throws Exception {
        ClientHello hello = read(jsseHello());

        assertThat(hello.serverName()).isEqualTo(NAME);
        assertThat(hello.applicationProtocols()).isEqualTo(ALPN);
        assertThat(hello.versions()).contains(0x0304, 0x0303);
    }

    @Test
    void knowsNoNameAndNoProtocolWhereNoneIsSent() throws Exception {
        ClientHello hello = read(hello(List.of(), List.of()));

        assertThat(hello.serverName()).isNull();
        assertThat(hello.applicationProtocols()).isEmpty();
    }

    @Test
    void readsTheSameWhereverTheBytesAreCut() throws Exception {
        byte[] bytes = jsseHello();
        ClientHello whole = read(bytes);

        for (int cut = 1; cut < bytes.length; cut++) {
            ClientHelloReader reader = new ClientHelloReader();
            assertThat(reader.feed(ByteBuffer.wrap(bytes, 0, cut)))
                    .as("cut at %d", cut)
                    .isEqualTo(Progress.MORE);
            assertThat(reader.feed(ByteBuffer.wrap(bytes, cut, bytes.length - cut)))
                    .isEqualTo(Progress.DONE);
            assertThat(reader.hello()).isEqualTo(whole);
        }
    }

    @Test
    void readsTheSameHoweverItIsSplitIntoRecordsAndReads() throws Exception {
        byte[] bytes = jsseHello();
        ClientHello whole = read(bytes);
        RandomGenerator random = RandomGenerator.of("L64X128MixRandom");

        for (int max : new int[] {1, 2, 3, 4, 5, 7, 64, 1000}) {
            byte[] records = inRecordsOf(bytes, () -> 1 + random.nextInt(max));
            assertThat(read(records)).as("records of up to %d", max).isEqualTo(whole);
            assertThat(readByteByByte(records)).isEqualTo(whole);
        }
    }

    @Test
    void takesNothingThatFollowsTheHello() throws Exception {
        byte[] bytes = jsseHello();
        ByteBuffer more = ByteBuffer.wrap(Arrays.copyOf(bytes, bytes.length + 10));
        ClientHelloReader reader = new ClientHelloReader();

        assertThat(reader.feed(more)).isEqualTo(Progress.DONE);
        assertThat(more.remaining()).isEqualTo(10);
        assertThat(reader.feed(more)).isEqualTo(Progress.DONE);
        assertThat(more.remaining()).isEqualTo(10);
    }

    @Test
    void everyTruncatedOrChangedHelloIsIncompleteRefusedOrAnotherHelloButNeverAnError() throws Exception {
        byte[] bytes = jsseHello();

        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 1; bit < 256; bit <<= 1) {
                byte[] changed = bytes.clone();
                changed[i] ^= (byte) bit;
                ClientHelloReader reader = new ClientHelloReader();
                Progress progress = reader.feed(ByteBuffer.wrap(changed));
                assertThat(progress == Progress.REFUSED)
                        .isEqualTo(!reader.refusal().isEmpty());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "50524920", // PRI
                "80", // SSLv2
                "1602", // SSL 2 inside a record
                "1603010000", // an empty record
                "1603014001", // a record longer than TLS allows
                "160301000402000000", // a ServerHello
                "160301000401004001", // 16 KiB and a byte
                "1603010002010015", // an alert in the midst of the hello
                "160301000401000000", // an empty hello
            })
    void refusesWhatIsNoClientHello(String hex) {
        ClientHelloReader reader = new ClientHelloReader();

        assertThat(reader.feed(ByteBuffer.wrap(java.util.HexFormat.of().parseHex(hex))))
                .isEqualTo(Progress.REFUSED);
        assertThat(reader.refusal()).isNotEmpty();
        assertThatIllegalStateException().isThrownBy(reader::hello);
    }

    @Test
    void refusesAHelloThatIsHiddenInTooManyRecords() {
        byte[] record = {22, 3, 1, 0, 1, 0};
        ClientHelloReader reader = new ClientHelloReader();
        byte[] start = {22, 3, 1, 0, 4, 1, 0, 0x3f, (byte) 0xff};
        assertThat(reader.feed(ByteBuffer.wrap(start))).isEqualTo(Progress.MORE);

        int fed = start.length;
        while (reader.feed(ByteBuffer.wrap(record)) == Progress.MORE) {
            fed += record.length;
        }

        assertThat(fed).isBetween(ClientHelloReader.MAX_BYTES - 10, ClientHelloReader.MAX_BYTES);
        assertThat(reader.refusal()).contains("more than");
    }

    private static ClientHello read(byte[] bytes) {
        ClientHelloReader reader = new ClientHelloReader();
        assertThat(reader.feed(ByteBuffer.wrap(bytes))).as(reader.refusal()).isEqualTo(Progress.DONE);
        return reader.hello();
    }

    private static ClientHello readByteByByte(byte[] bytes) {
        ClientHelloReader reader = new ClientHelloReader();
        for (int i = 0; i < bytes.length - 1; i++) {
            assertThat(reader.feed(ByteBuffer.wrap(bytes, i, 1))).isEqualTo(Progress.MORE);
        }
        assertThat(reader.feed(ByteBuffer.wrap(bytes, bytes.length - 1, 1))).isEqualTo(Progress.DONE);
        return reader.hello();
    }

    private static byte[] inRecordsOf(byte[] hello, java.util.function.IntSupplier lengths) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        int position = RECORD_HEADER;
        while (position < hello.length) {
            int length = Math.min(lengths.getAsInt(), hello.length - position);
            records.write(hello, 0, 3);
            records.write(length >> 8);
            records.write(length);
            records.write(hello, position, length);
            position += length;
        }
        return records.toByteArray();
    }

    private static byte[] jsseHello() throws NoSuchAlgorithmException, SSLException {
        return hello(List.of(new IstioServerName(NAME)), ALPN);
    }

    private static byte[] hello(List<IstioServerName> names, List<String> alpn)
            throws NoSuchAlgorithmException, SSLException {
        SSLEngine engine = SSLContext.getDefault().createSSLEngine();
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setServerNames(List.copyOf(names));
        parameters.setApplicationProtocols(alpn.toArray(String[]::new));
        engine.setSSLParameters(parameters);
        ByteBuffer out = ByteBuffer.allocate(1 << 15);
        engine.wrap(ByteBuffer.allocate(0), out);
        return Arrays.copyOf(out.array(), out.position());
    }
}

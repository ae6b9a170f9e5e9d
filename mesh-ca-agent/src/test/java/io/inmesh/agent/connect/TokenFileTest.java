package io.inmesh.agent.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    @TempDir
    private Path folder;

    @Test
    void everyCallHasTheTokenThatIsInTheFileThen() throws Exception {
        Path file = folder.resolve("token");
        TokenFile token = new TokenFile(file);

        assertThat(call(token))
                .as("no file: the certificate may be proof enough")
                .containsExactly("none");
        Files.writeString(file, "one\n");
        assertThat(call(token)).containsExactly("Bearer one");
        Files.writeString(file, "two");
        assertThat(call(token)).containsExactly("Bearer two");
        Files.writeString(file, "");
        assertThat(call(token)).containsExactly("none");
        Files.writeString(file, "a\r\nx-role: admin");
        assertThat(call(token)).as("no second header").containsExactly("none");
    }

    private static List<String> call(TokenFile token) {
        List<String> sent = new ArrayList<>();
        token.applyRequestMetadata(null, Runnable::run, new CallCredentials.MetadataApplier() {
            @Override
            public void apply(Metadata headers) {
                String value = headers.get(AUTHORIZATION);
                sent.add(value == null ? "none" : value);
            }

            @Override
            public void fail(Status status) {
                sent.add(status.toString());
            }
        });
        return sent;
    }
}

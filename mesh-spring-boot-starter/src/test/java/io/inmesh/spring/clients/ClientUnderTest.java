package io.inmesh.spring.clients;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

/** One HTTP client in a mesh, as the suite sees it. */
interface ClientUnderTest {

    /** Calls, and lets the reader have the answer while it comes in. */
    <T> T exchange(Ask ask, Reader<T> reader) throws IOException;

    default Answer call(Ask ask) throws IOException {
        return exchange(ask, (status, headers, body) -> new Answer(status, headers, body.readAllBytes()));
    }

    /**
     * A request.
     *
     * @param body empty for none
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Ask(String method, String url, List<Map.Entry<String, String>> headers, byte[] body) {

        static Ask get(String url) {
            return new Ask("GET", url, List.of(), new byte[0]);
        }

        static Ask post(String url, byte[] body) {
            return new Ask("POST", url, List.of(), body);
        }
    }

    /**
     * An answer that has been read.
     *
     * @param headers names in lower case
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, Map<String, List<String>> headers, byte[] body) {

        String text() {
            return new String(body, java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    /** Reads an answer. */
    interface Reader<T> {
        T read(int status, Map<String, List<String>> headers, InputStream body) throws IOException;
    }
}

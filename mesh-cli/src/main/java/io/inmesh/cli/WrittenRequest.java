package io.inmesh.cli;

import io.inmesh.api.http.MeshRequest;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A request as a command line describes it. Immutable. */
record WrittenRequest(String method, String scheme, String authority, String path, List<Header> headers)
        implements MeshRequest {

    WrittenRequest {
        headers = List.copyOf(headers);
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = headerValues(name);
        return values.isEmpty() ? null : String.join(",", values);
    }

    @Override
    public List<String> headerValues(String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .toList();
    }

    /**
     * One header line.
     *
     * @param name lower case
     */
    record Header(String name, String value) {

        /** Reads curl's {@code name: value}. */
        static Header parse(String line) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("'" + line + "' is not NAME:VALUE");
            }
            return new Header(
                    line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
    }
}

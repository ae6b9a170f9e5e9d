package io.inmesh.client.adapter.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.inmesh.api.http.MeshRequest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A call's head as policies know requests: gRPC's are POSTs for {@code /service/method}. A view. */
record CallHead(ServerCall<?, ?> call, Metadata headers) implements MeshRequest {

    @Override
    public String method() {
        return "POST";
    }

    @Override
    public String scheme() {
        return "https";
    }

    @Override
    public String authority() {
        String authority = call.getAuthority();
        return authority == null ? "" : authority;
    }

    @Override
    public String path() {
        return "/" + call.getMethodDescriptor().getFullMethodName();
    }

    @Override
    public @Nullable String header(String name) {
        List<String> lines = headerValues(name);
        return lines.isEmpty() ? null : String.join(",", lines);
    }

    @Override
    public List<String> headerValues(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        List<String> values = new ArrayList<>(1);
        if (!isName(lower)) {
            return values;
        }
        if (lower.endsWith(Metadata.BINARY_HEADER_SUFFIX)) {
            Iterable<byte[]> all = headers.getAll(Metadata.Key.of(lower, Metadata.BINARY_BYTE_MARSHALLER));
            if (all != null) {
                all.forEach(
                        value -> values.add(Base64.getEncoder().withoutPadding().encodeToString(value)));
            }
        } else {
            Iterable<String> all = headers.getAll(Metadata.Key.of(lower, Metadata.ASCII_STRING_MARSHALLER));
            if (all != null) {
                all.forEach(values::add);
            }
        }
        return values;
    }

    /** What gRPC takes for the name of a header; a policy may name anything. */
    private static boolean isName(String name) {
        return !name.isEmpty()
                && name.chars()
                        .allMatch(c ->
                                (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.');
    }
}

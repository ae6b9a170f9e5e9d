package io.inmesh.api.http;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that nobody sends: as a command line or a query describes one that somebody asks about. Immutable.
 *
 * @param method upper case
 * @param scheme lower case
 * @param path with its query
 * @param headers by lower-case names
 */
public record WrittenRequest(
        String method, String scheme, String authority, String path, Map<String, List<String>> headers)
        implements MeshRequest {

    public WrittenRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * A request to a URL; a {@code host} header is its authority, as with curl.
     *
     * @param headerLines as curl takes them, {@code name: value}
     * @throws IllegalArgumentException with a sentence for whoever wrote it
     */
    public static WrittenRequest of(String method, String url, List<String> headerLines) {
        URI uri = uri(url);
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        Map<String, List<String>> headers = headers(headerLines);
        List<String> host = headers.remove("host");
        return new WrittenRequest(
                method.toUpperCase(Locale.ROOT),
                uri.getScheme().toLowerCase(Locale.ROOT),
                host == null ? uri.getRawAuthority() : host.get(0),
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery(),
                headers);
    }

    private static URI uri(String url) {
        try {
            URI uri = new URI(url);
            if (uri.getScheme() != null && uri.getRawAuthority() != null) {
                return uri;
            }
            throw new IllegalArgumentException("not a URL with a scheme and a host: " + url);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not a URL: " + e.getMessage(), e);
        }
    }

    /**
     * Headers by lower-case names, each with its lines in order.
     *
     * @throws IllegalArgumentException naming a line that is no header
     */
    public static Map<String, List<String>> headers(List<String> lines) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new IllegalArgumentException("a header is name:value, not '" + line + "'");
            }
            String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            headers.computeIfAbsent(name, fresh -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return headers;
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = headers.get(name);
        return values == null ? null : String.join(",", values);
    }

    @Override
    public List<String> headerValues(String name) {
        return List.copyOf(headers.getOrDefault(name, List.of()));
    }
}

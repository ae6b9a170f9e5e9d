package io.inmesh.client.admin;

import io.inmesh.api.http.MeshRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that somebody asks about. */
record AskedRequest(String method, String scheme, String authority, String path, Map<String, List<String>> headers)
        implements MeshRequest {

    private static final String USAGE =
            "usage: /mesh/explain?url=http://reviews:9080/reviews/1[&method=GET][&header=name:value ...][&format=text]";

    static AskedRequest of(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        URI url = url(query.first("url"));
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        String method = query.has("method") ? query.first("method").toUpperCase(Locale.ROOT) : "GET";
        Map<String, List<String>> headers = headers(query.all("header"));
        List<String> host = headers.remove("host");
        return new AskedRequest(
                method,
                url.getScheme().toLowerCase(Locale.ROOT),
                host == null ? url.getRawAuthority() : host.get(0),
                url.getRawQuery() == null ? path : path + "?" + url.getRawQuery(),
                headers);
    }

    private static URI url(String text) throws AdminQuery.NotUnderstoodException {
        try {
            URI url = new URI(text);
            if (url.getScheme() != null && url.getRawAuthority() != null && url.getRawPath() != null) {
                return url;
            }
            throw new AdminQuery.NotUnderstoodException(USAGE);
        } catch (URISyntaxException e) {
            throw new AdminQuery.NotUnderstoodException(e.getMessage() + "\n" + USAGE);
        }
    }

    private static Map<String, List<String>> headers(List<String> lines) throws AdminQuery.NotUnderstoodException {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (String line : lines) {
            int colon = line.indexOf(':');
            if (colon < 1) {
                throw new AdminQuery.NotUnderstoodException("a header is name:value, not '" + line + "'\n" + USAGE);
            }
            headers.computeIfAbsent(
                            line.substring(0, colon).strip().toLowerCase(Locale.ROOT), fresh -> new ArrayList<>())
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

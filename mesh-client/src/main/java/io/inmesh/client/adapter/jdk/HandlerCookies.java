package io.inmesh.client.adapter.jdk;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;

/** The application's own cookies; its handler decides what is kept and sent. */
final class HandlerCookies implements CookieJar {

    private final CookieHandler handler;

    HandlerCookies(CookieHandler handler) {
        this.handler = handler;
    }

    @Override
    public List<Cookie> loadForRequest(HttpUrl url) {
        List<Cookie> cookies = new ArrayList<>();
        for (String line : lines(url)) {
            for (String pair : line.split(";", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0 && !pair.startsWith("$")) {
                    cookies.add(new Cookie.Builder()
                            .name(pair.substring(0, equals).trim())
                            .value(pair.substring(equals + 1).trim())
                            .hostOnlyDomain(url.host())
                            .build());
                }
            }
        }
        return cookies;
    }

    private List<String> lines(HttpUrl url) {
        try {
            return handler.get(url.uri(), Map.of()).getOrDefault("Cookie", List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
        try {
            handler.put(
                    url.uri(),
                    Map.of("Set-Cookie", cookies.stream().map(Cookie::toString).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

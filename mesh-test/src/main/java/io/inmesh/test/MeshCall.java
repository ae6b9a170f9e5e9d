package io.inmesh.test;

import io.inmesh.api.http.MeshRequest;
import io.inmesh.api.policy.CallPolicy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request in a test, such as {@code get("http://reviews:9080/x").header("x-tier", "gold").as("storefront")}. Not thread-safe. */
public final class MeshCall implements MeshRequest {

    private final String method;
    private final String scheme;
    private final String authority;
    private final String path;
    private final Map<String, List<String>> headers = new LinkedHashMap<>();
    private @Nullable CallPolicy policy;
    private String account = "";

    private MeshCall(String method, String url) {
        int begin = url.indexOf("://") + 3;
        if (begin < 3) {
            throw new IllegalArgumentException("'" + url + "' is no URL such as http://reviews:9080/x");
        }
        int end = url.indexOf('/', begin);
        this.method = method;
        this.scheme = url.substring(0, begin - 3);
        this.authority = end < 0 ? url.substring(begin) : url.substring(begin, end);
        this.path = end < 0 ? "/" : url.substring(end);
    }

    public static MeshCall get(String url) {
        return new MeshCall("GET", url);
    }

    public static MeshCall post(String url) {
        return new MeshCall("POST", url);
    }

    public static MeshCall call(String method, String url) {
        return new MeshCall(method, url);
    }

    /** Adds a header's line. */
    public MeshCall header(String name, String value) {
        headers.computeIfAbsent(name.toLowerCase(Locale.ROOT), fresh -> new ArrayList<>())
                .add(value);
        return this;
    }

    /** With what an application asks of its own call. */
    public MeshCall with(CallPolicy own) {
        policy = own;
        return this;
    }

    /**
     * Who calls, over mutual TLS: a service account of the caller's namespace, or a whole identity such as
     * {@code spiffe://cluster.local/ns/shop/sa/storefront}. Without it the call is plaintext.
     */
    public MeshCall as(String serviceAccount) {
        account = serviceAccount;
        return this;
    }

    String account() {
        return account;
    }

    String host() {
        int colon = authority.lastIndexOf(':');
        return colon < 0 ? authority : authority.substring(0, colon);
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String scheme() {
        return scheme;
    }

    @Override
    public String authority() {
        return authority;
    }

    @Override
    public String path() {
        return path;
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

    @Override
    public @Nullable CallPolicy policy() {
        return policy;
    }

    @Override
    public String toString() {
        return method + " " + scheme + "://" + authority + path;
    }
}

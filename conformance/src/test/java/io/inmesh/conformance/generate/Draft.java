package io.inmesh.conformance.generate;

import io.inmesh.conformance.http.Header;
import io.inmesh.conformance.http.Request;
import java.util.ArrayList;
import java.util.List;

/** A request that conditions still change. */
final class Draft {

    private String method = "GET";
    private String authority;
    private String path = "/";
    private String body = "";
    private final List<String> query = new ArrayList<>();
    private final List<Header> headers = new ArrayList<>();

    Draft(String authority) {
        this.authority = authority;
    }

    Draft copy() {
        Draft copy = new Draft(authority).method(method).path(path).body(body);
        copy.query.addAll(query);
        copy.headers.addAll(headers);
        return copy;
    }

    Draft method(String value) {
        method = value;
        return this;
    }

    Draft authority(String value) {
        authority = value;
        return this;
    }

    Draft path(String value) {
        path = value;
        return this;
    }

    Draft body(String value) {
        body = value;
        return this;
    }

    /** Replaces all lines of this name by one for each value. */
    Draft header(String name, String... values) {
        headers.removeIf(header -> header.name().equalsIgnoreCase(name));
        for (String value : values) {
            headers.add(new Header(name, value));
        }
        return this;
    }

    /** Replaces all parameters of this name by these, each as it stands in the URL. */
    Draft query(String name, String... parameters) {
        query.removeIf(parameter -> parameter.equals(name) || parameter.startsWith(name + "="));
        query.addAll(List.of(parameters));
        return this;
    }

    Request request() {
        String separator = path.indexOf('?') < 0 ? "?" : "&";
        String all = query.isEmpty() ? path : path + separator + String.join("&", query);
        return new Request(method, all, authority, headers, body);
    }
}

package io.inmesh.conformance.side;

import io.inmesh.client.route.HeaderEditor;
import io.inmesh.conformance.http.Header;
import java.util.ArrayList;
import java.util.List;

/** Headers that the pipeline edits. */
final class HeaderList implements HeaderEditor {

    private List<Header> headers;

    HeaderList(List<Header> headers) {
        this.headers = new ArrayList<>(headers);
    }

    List<Header> headers() {
        return List.copyOf(headers);
    }

    @Override
    public boolean has(String name) {
        return Header.joined(headers, name) != null;
    }

    @Override
    public void add(String name, String value) {
        headers.add(new Header(name, value));
    }

    @Override
    public void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    @Override
    public void remove(String name) {
        headers = new ArrayList<>(Header.without(headers, name));
    }
}

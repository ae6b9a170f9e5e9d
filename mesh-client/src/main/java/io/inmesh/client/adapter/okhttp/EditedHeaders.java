package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.route.HeaderEditor;
import okhttp3.Headers;

/** OkHttp's headers while the mesh changes them. Not thread-safe. */
final class EditedHeaders implements HeaderEditor {

    private final Headers.Builder headers;

    EditedHeaders(Headers original) {
        headers = original.newBuilder();
    }

    Headers build() {
        return headers.build();
    }

    @Override
    public boolean has(String name) {
        return headers.get(name) != null;
    }

    @Override
    public void add(String name, String value) {
        headers.addUnsafeNonAscii(name, value);
    }

    @Override
    public void set(String name, String value) {
        headers.removeAll(name).addUnsafeNonAscii(name, value);
    }

    @Override
    public void remove(String name) {
        headers.removeAll(name);
    }
}

package io.inmesh.client.adapter.okhttp;

import io.inmesh.client.route.HeaderEditor;
import okhttp3.Headers;

/** OkHttp's headers while the mesh changes them, where they are built. Not thread-safe. */
record EditedHeaders(Headers.Builder headers) implements HeaderEditor {

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

package io.inmesh.client.adapter.reactor;

import io.inmesh.client.route.HeaderEditor;
import io.netty.handler.codec.http.HttpHeaders;

/** Netty's headers while the mesh changes them. Not thread-safe. */
record EditedHeaders(HttpHeaders headers) implements HeaderEditor {

    @Override
    public boolean has(String name) {
        return headers.contains(name);
    }

    @Override
    public void add(String name, String value) {
        headers.add(name, value);
    }

    @Override
    public void set(String name, String value) {
        headers.set(name, value);
    }

    @Override
    public void remove(String name) {
        headers.remove(name);
    }
}

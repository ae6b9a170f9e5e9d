package io.inmesh.client.pipeline;

import io.inmesh.client.route.HeaderEditor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/** Headers of a local reply while they are edited. */
final class HeaderLines implements HeaderEditor {

    private final List<Entry<String, String>> lines;

    HeaderLines(List<Entry<String, String>> lines) {
        this.lines = new ArrayList<>(lines);
    }

    List<Entry<String, String>> lines() {
        return List.copyOf(lines);
    }

    @Override
    public boolean has(String name) {
        return lines.stream().anyMatch(line -> line.getKey().equals(name));
    }

    @Override
    public void add(String name, String value) {
        lines.add(Map.entry(name, value));
    }

    @Override
    public void set(String name, String value) {
        remove(name);
        add(name, value);
    }

    @Override
    public void remove(String name) {
        lines.removeIf(line -> line.getKey().equals(name));
    }
}

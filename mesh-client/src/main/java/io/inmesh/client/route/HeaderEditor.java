package io.inmesh.client.route;

/** A message whose headers are about to change; adapters implement it over their own builder. Names are lower case. */
public interface HeaderEditor {

    boolean has(String name);

    /** Adds a line, whether or not there are some of that name. */
    void add(String name, String value);

    /** Leaves one line of that name. */
    void set(String name, String value);

    void remove(String name);
}

package io.inmesh.control.config.kubernetes;

/** One object. */
record ObjectName(WatchedKind kind, String namespace, String name) {

    @Override
    public String toString() {
        return kind.title() + " '" + name + "' in " + namespace;
    }
}

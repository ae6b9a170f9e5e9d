package io.inmesh.control.config.kubernetes;

/** One object; empty names stand for any. */
record ObjectName(WatchedKind kind, String namespace, String name) {

    static final ObjectName ANY = new ObjectName(WatchedKind.CONFIG_MAP, "", "");

    @Override
    public String toString() {
        return kind.title() + " '" + name + "' in " + namespace;
    }
}

package io.inmesh.samples.demo;

/**
 * One process of the bookshop.
 *
 * @param name unique; of its folder and log, too
 * @param app the service it belongs to, and its service account
 * @param version the subset
 * @param wantedPort where it listens if nobody else does
 */
record Workload(String name, String app, String version, int wantedPort) {

    /** The WorkloadGroup that it registers with. */
    String group() {
        return app.equals("reviews") ? app + "-" + version : app;
    }
}

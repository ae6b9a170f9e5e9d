package io.inmesh.xds.model.endpoint;

/** Where an endpoint runs. Each part may be empty. */
public record Locality(String region, String zone, String subZone) {

    /** Nothing known. */
    public static final Locality UNKNOWN = new Locality("", "", "");
}

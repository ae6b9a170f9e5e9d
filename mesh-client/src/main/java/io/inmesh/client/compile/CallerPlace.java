package io.inmesh.client.compile;

import io.inmesh.xds.model.endpoint.Locality;
import org.jspecify.annotations.Nullable;

/**
 * Where this process runs.
 *
 * @param address by which the control service may know it
 * @param locality null to go by the address
 */
public record CallerPlace(String address, @Nullable Locality locality) {

    /** Nobody knows. */
    public static final CallerPlace UNKNOWN = new CallerPlace("", null);
}

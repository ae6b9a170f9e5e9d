package io.inmesh.control.push;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The resources of one type in one view, by name. Immutable.
 *
 * @param version changes if any of them does, and is the same after a restart
 */
public record ResourceSet(Map<String, EncodedResource> byName, String version) {

    static ResourceSet of(Collection<EncodedResource> resources) {
        Map<String, EncodedResource> byName = new LinkedHashMap<>();
        long version = 1;
        for (EncodedResource resource : resources) {
            byName.put(resource.name(), resource);
            version = 31 * version + 17L * resource.name().hashCode() + resource.hash();
        }
        return new ResourceSet(Collections.unmodifiableMap(byName), Long.toHexString(version));
    }
}

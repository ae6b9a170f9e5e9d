package io.inmesh.spring.autoconfigure;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;

/** Says once that the starter is there and does nothing. */
final class MeshPassThroughNotice implements SmartInitializingSingleton {

    private static final Log LOG = LogFactory.getLog(MeshPassThroughNotice.class);

    @Override
    public void afterSingletonsInstantiated() {
        LOG.info("Mesh: no control service is configured (mesh.control.address), everything passes through");
    }
}

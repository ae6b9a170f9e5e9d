/** Clusters: how endpoints are found, chosen, limited, ejected and connected to. */
@NullMarked
package io.inmesh.xds.model.cluster;

import org.jspecify.annotations.NullMarked;

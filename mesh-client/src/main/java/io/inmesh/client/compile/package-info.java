/** Pure functions from the model of xDS resources to the snapshot that requests are judged and routed by. */
@NullMarked
package io.inmesh.client.compile;

import org.jspecify.annotations.NullMarked;

/** From wire messages to the model; what Inmesh does not support is reported by path. */
@NullMarked
package io.inmesh.xds.decode;

import org.jspecify.annotations.NullMarked;

/** The messages of Envoy (and Istio's CA) that Inmesh reads and writes, wire compatible, one class for each {@code .proto} file. */
@NullMarked
package io.inmesh.xds.envoy;

import org.jspecify.annotations.NullMarked;

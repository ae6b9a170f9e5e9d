/** Calls between processes over loopback: through the mesh, through a pair of Envoys, and through nothing. */
@NullMarked
package io.inmesh.benchmarks.endtoend;

import org.jspecify.annotations.NullMarked;

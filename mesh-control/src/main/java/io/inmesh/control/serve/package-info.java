/** The control service's ports: ADS over gRPC, who calls it, and the debug port. */
@NullMarked
package io.inmesh.control.serve;

import org.jspecify.annotations.NullMarked;

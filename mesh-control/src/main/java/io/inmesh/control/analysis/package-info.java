/** Whether resources are valid, and what is odd about many of them together; the work of Istio's Galley. */
@NullMarked
package io.inmesh.control.analysis;

import org.jspecify.annotations.NullMarked;

/** Which of Istio's fields the rows are about, reckoned from what their configurations really set. */
@NullMarked
package io.inmesh.conformance.coverage;

import org.jspecify.annotations.NullMarked;

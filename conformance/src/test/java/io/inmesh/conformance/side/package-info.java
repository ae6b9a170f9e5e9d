/** The two sides that must agree: a real Envoy and our pipeline. */
@NullMarked
package io.inmesh.conformance.side;

import org.jspecify.annotations.NullMarked;

/** The same configuration and the same requests through our pipeline and through a real Envoy. */
@NullMarked
package io.inmesh.conformance;

import org.jspecify.annotations.NullMarked;

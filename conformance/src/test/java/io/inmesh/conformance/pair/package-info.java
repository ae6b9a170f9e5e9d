/** Two processes with mutual TLS between them: each of them is an Envoy or ours, and what the one sees of the other is the same. */
@NullMarked
package io.inmesh.conformance.pair;

import org.jspecify.annotations.NullMarked;

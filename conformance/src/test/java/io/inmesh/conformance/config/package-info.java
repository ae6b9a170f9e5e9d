/** One configuration in Envoy's words: where it comes from, what is changed in it for the harness, and the files both sides read. */
@NullMarked
package io.inmesh.conformance.config;

import org.jspecify.annotations.NullMarked;

/** Seeded mistakes: what shows that the rows would notice. */
@NullMarked
package io.inmesh.conformance.mutate;

import org.jspecify.annotations.NullMarked;

/** Targets for Jazzer ({@code ./fuzz}), and the corpus that was found, replayed by an ordinary test. */
@NullMarked
package io.inmesh.client.fuzz;

import org.jspecify.annotations.NullMarked;

/** Rows that nobody wrote: for every route of a captured table the requests that just meet it and those that just miss it, and random tables from a seed. */
@NullMarked
package io.inmesh.conformance.generate;

import org.jspecify.annotations.NullMarked;

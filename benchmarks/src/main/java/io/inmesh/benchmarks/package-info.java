/** Benchmarks: one class a question. */
@NullMarked
package io.inmesh.benchmarks;

import org.jspecify.annotations.NullMarked;

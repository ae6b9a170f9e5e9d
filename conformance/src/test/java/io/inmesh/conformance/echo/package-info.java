/** The upstreams of every row: they record what reaches them and behave as the row instructs. */
@NullMarked
package io.inmesh.conformance.echo;

import org.jspecify.annotations.NullMarked;

/** The only mutable run-time state: what is under way and who is ejected, per cluster and address; it survives pushes. */
@NullMarked
package io.inmesh.client.host;

import org.jspecify.annotations.NullMarked;

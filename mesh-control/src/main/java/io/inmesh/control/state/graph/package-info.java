/** Values that are computed again only if something changed that they were made of. */
@NullMarked
package io.inmesh.control.state.graph;

import org.jspecify.annotations.NullMarked;

/** The resources of a node as they are now, and where they come from. */
@NullMarked
package io.inmesh.xds.state;

import org.jspecify.annotations.NullMarked;

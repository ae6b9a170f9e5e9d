/** Route configurations: which request goes to which cluster, and how. */
@NullMarked
package io.inmesh.xds.model.route;

import org.jspecify.annotations.NullMarked;

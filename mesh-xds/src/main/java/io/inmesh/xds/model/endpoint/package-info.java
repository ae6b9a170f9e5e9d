/** Load assignments: the endpoints of a cluster by locality and priority. */
@NullMarked
package io.inmesh.xds.model.endpoint;

import org.jspecify.annotations.NullMarked;

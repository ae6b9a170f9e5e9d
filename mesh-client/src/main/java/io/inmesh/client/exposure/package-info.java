/** Which sockets of the process can be reached past the mesh. */
@NullMarked
package io.inmesh.client.exposure;

import org.jspecify.annotations.NullMarked;

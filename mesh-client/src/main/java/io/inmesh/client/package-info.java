/** The data plane's front door: {@link io.inmesh.client.Mesh} wires its parts together, and nothing else does. */
@NullMarked
package io.inmesh.client;

import org.jspecify.annotations.NullMarked;

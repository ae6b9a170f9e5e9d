/** The suite that every server behind the mesh passes: one port, openings, attack inputs, paths, and a real Envoy on either end. */
@NullMarked
package io.inmesh.client.server;

import org.jspecify.annotations.NullMarked;

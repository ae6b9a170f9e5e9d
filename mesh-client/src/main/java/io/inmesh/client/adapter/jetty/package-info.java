/** A Jetty connector as the mesh's called side: mutual TLS and plaintext on one port, every request judged before any other handler. */
@NullMarked
package io.inmesh.client.adapter.jetty;

import org.jspecify.annotations.NullMarked;

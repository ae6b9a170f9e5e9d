/** Transport sockets: plaintext or TLS, on either side of a connection. */
@NullMarked
package io.inmesh.xds.model.tls;

import org.jspecify.annotations.NullMarked;

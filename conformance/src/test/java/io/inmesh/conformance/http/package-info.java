/** HTTP/1.1 on bare sockets, so that no client library changes what a row says. */
@NullMarked
package io.inmesh.conformance.http;

import org.jspecify.annotations.NullMarked;

/** Allows or denies an inbound request from compiled principals and permissions; the caller's identity comes from its TLS session only. */
@NullMarked
package io.inmesh.client.authz;

import org.jspecify.annotations.NullMarked;

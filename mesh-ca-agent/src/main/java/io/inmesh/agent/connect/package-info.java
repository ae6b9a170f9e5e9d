/** Reaches the control service: address, TLS, credentials of each call, and the wait between attempts. */
@NullMarked
package io.inmesh.agent.connect;

import org.jspecify.annotations.NullMarked;

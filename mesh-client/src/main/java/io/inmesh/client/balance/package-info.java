/** Chooses an endpoint: priority by health, locality by weight, then least request, round robin or random. */
@NullMarked
package io.inmesh.client.balance;

import org.jspecify.annotations.NullMarked;

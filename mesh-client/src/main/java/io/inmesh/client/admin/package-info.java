/** What an operator asks a running process, in the shapes of Envoy's admin endpoint; loopback only, and off unless asked for. */
@NullMarked
package io.inmesh.client.admin;

import org.jspecify.annotations.NullMarked;

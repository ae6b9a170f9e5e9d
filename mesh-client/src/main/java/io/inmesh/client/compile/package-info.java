/** Turns resources into snapshots, outbound and inbound: pure functions whose unchanged parts come out as the same instances. */
@NullMarked
package io.inmesh.client.compile;

import org.jspecify.annotations.NullMarked;

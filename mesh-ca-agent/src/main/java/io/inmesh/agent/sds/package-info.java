/** Identities over a Unix socket: served to a local Envoy or JVM by Envoy's secret discovery, each socket one workload's own. */
@NullMarked
package io.inmesh.agent.sds;

import org.jspecify.annotations.NullMarked;

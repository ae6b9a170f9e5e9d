/** The workload's certificate: asks the CA for it, verifies what comes, and renews it in time. */
@NullMarked
package io.inmesh.agent.identity;

import org.jspecify.annotations.NullMarked;

/** The real balancing and retry code among simulated servers, in virtual time and with seeded chance: the same run every time. */
@NullMarked
package io.inmesh.benchmarks.sim;

import org.jspecify.annotations.NullMarked;

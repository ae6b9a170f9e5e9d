/** Admission, retries, back-off, timeouts, faults and outlier detection: each decides, none waits. */
@NullMarked
package io.inmesh.client.resilience;

import org.jspecify.annotations.NullMarked;

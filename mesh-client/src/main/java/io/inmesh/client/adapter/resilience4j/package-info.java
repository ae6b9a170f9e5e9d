/** Circuit breaker, bulkhead and rate limiter of an application's own policies, carried by resilience4j. */
@NullMarked
package io.inmesh.client.adapter.resilience4j;

import org.jspecify.annotations.NullMarked;

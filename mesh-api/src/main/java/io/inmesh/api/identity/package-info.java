/** Who a workload is: SPIFFE IDs, trust domains, and the key, chain and trust bundle that prove it. */
@NullMarked
package io.inmesh.api.identity;

import org.jspecify.annotations.NullMarked;

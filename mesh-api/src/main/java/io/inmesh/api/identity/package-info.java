/** Who a workload is: SPIFFE IDs, trust domains, the key, chain and trust bundle that prove it, and how these are written down. */
@NullMarked
package io.inmesh.api.identity;

import org.jspecify.annotations.NullMarked;

/** Envoy's RBAC rules, what Istio's AuthorizationPolicy becomes. */
@NullMarked
package io.inmesh.xds.model.rbac;

import org.jspecify.annotations.NullMarked;

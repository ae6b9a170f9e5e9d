/** Envoy's jwt_authn filter, what Istio's RequestAuthentication becomes. */
@NullMarked
package io.inmesh.xds.model.jwt;

import org.jspecify.annotations.NullMarked;

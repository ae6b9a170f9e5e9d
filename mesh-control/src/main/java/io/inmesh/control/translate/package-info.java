/** Istio's policies as Envoy's resources: pure functions, one file per policy, in the shape that istiod sends. */
@NullMarked
package io.inmesh.control.translate;

import org.jspecify.annotations.NullMarked;

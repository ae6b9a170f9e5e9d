/** Policies that an application sets for itself where no operator does; Istio's field names and units, enforced in the transport. */
@NullMarked
package io.inmesh.api.annotation;

import org.jspecify.annotations.NullMarked;

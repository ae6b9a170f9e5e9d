/** Why a call failed, in Envoy's words. */
@NullMarked
package io.inmesh.api.error;

import org.jspecify.annotations.NullMarked;

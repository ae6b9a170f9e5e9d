/** Kubernetes' API as a source of resources and as the judge of tokens; the only place that knows its client. */
@NullMarked
package io.inmesh.control.config.kubernetes;

import org.jspecify.annotations.NullMarked;

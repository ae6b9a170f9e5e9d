/** The rules that schemas carry, in Kubernetes' dialect of CEL, and the functions that Kubernetes adds to it. */
@NullMarked
package io.inmesh.control.analysis.cel;

import org.jspecify.annotations.NullMarked;

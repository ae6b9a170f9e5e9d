/** What Istio refuses or warns of beyond the shape of a resource, kind by kind. */
@NullMarked
package io.inmesh.control.analysis.semantic;

import org.jspecify.annotations.NullMarked;

/** The shape of resources, from CRDs or from our own model, and whether a resource has it. */
@NullMarked
package io.inmesh.control.analysis.schema;

import org.jspecify.annotations.NullMarked;

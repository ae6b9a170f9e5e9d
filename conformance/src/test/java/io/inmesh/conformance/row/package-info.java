/** Rows: data with names, read from YAML. */
@NullMarked
package io.inmesh.conformance.row;

import org.jspecify.annotations.NullMarked;

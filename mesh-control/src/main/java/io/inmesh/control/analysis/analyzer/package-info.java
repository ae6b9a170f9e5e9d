/** What is odd about resources together: references to nothing, conflicts, and policies without effect. */
@NullMarked
package io.inmesh.control.analysis.analyzer;

import org.jspecify.annotations.NullMarked;

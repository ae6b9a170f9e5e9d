/** The architecture as rules that each module's {@code ArchitectureTest} checks. */
@NullMarked
package io.inmesh.testkit.arch;

import org.jspecify.annotations.NullMarked;

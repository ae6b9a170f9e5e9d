/** Other processes: started, spoken to, measured. */
@NullMarked
package io.inmesh.benchmarks.process;

import org.jspecify.annotations.NullMarked;

/** What holding a mesh's configuration costs. */
@NullMarked
package io.inmesh.benchmarks.memory;

import org.jspecify.annotations.NullMarked;

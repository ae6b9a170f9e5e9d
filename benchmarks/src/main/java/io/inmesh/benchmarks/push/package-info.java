/** What a change costs a control service with many services and many clients. */
@NullMarked
package io.inmesh.benchmarks.push;

import org.jspecify.annotations.NullMarked;

/** Fixtures of this module's tests. */
@NullMarked
package io.inmesh.client.testing;

import org.jspecify.annotations.NullMarked;

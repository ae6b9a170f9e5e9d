/** Fetches small documents from addresses that a configuration names, and from no address that it must not. */
@NullMarked
package io.inmesh.api.fetch;

import org.jspecify.annotations.NullMarked;

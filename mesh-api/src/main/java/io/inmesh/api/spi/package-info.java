/** The doors a third party may open, and the time that is handed in. */
@NullMarked
package io.inmesh.api.spi;

import org.jspecify.annotations.NullMarked;

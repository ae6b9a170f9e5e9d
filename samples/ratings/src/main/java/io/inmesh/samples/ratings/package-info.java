/** Stars for books. */
@NullMarked
package io.inmesh.samples.ratings;

import org.jspecify.annotations.NullMarked;

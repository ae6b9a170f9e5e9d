/** Reviews of books, in two versions. */
@NullMarked
package io.inmesh.samples.reviews;

import org.jspecify.annotations.NullMarked;

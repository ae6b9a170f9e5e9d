/** The page that a shopper sees. */
@NullMarked
package io.inmesh.samples.storefront;

import org.jspecify.annotations.NullMarked;

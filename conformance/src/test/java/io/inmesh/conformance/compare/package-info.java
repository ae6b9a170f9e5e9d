/** What is compared, how, and what is not and why. */
@NullMarked
package io.inmesh.conformance.compare;

import org.jspecify.annotations.NullMarked;

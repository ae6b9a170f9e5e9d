/** What the services of the bookshop share: each counts the requests that reached it, by caller. */
@NullMarked
package io.inmesh.samples.bookshop;

import org.jspecify.annotations.NullMarked;

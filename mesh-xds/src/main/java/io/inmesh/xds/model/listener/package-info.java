/** Listeners: filter chains, what they match, and the filters that they run. */
@NullMarked
package io.inmesh.xds.model.listener;

import org.jspecify.annotations.NullMarked;

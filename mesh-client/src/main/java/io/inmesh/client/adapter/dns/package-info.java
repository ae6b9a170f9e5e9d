/** Looks up names with their times to live, as the operating system is told to, over DNS of our own. */
@NullMarked
package io.inmesh.client.adapter.dns;

import org.jspecify.annotations.NullMarked;

/** What goes to which client and when: changes debounced, resources generated once, at most one answer on its way. */
@NullMarked
package io.inmesh.control.push;

import org.jspecify.annotations.NullMarked;

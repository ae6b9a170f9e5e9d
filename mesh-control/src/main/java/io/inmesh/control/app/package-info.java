/** The control service as a process and as a part of another one: where everything is wired together. */
@NullMarked
package io.inmesh.control.app;

import org.jspecify.annotations.NullMarked;

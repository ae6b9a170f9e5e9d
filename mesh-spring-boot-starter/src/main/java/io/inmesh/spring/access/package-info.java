/** What an application says of its own callers by annotations, brought to the called side of the mesh. */
@NullMarked
package io.inmesh.spring.access;

import org.jspecify.annotations.NullMarked;

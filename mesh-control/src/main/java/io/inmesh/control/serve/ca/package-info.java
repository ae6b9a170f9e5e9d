/** The mesh's certificate authority: its root, the certificates it issues to authenticated callers, and how callers prove themselves. */
@NullMarked
package io.inmesh.control.serve.ca;

import org.jspecify.annotations.NullMarked;

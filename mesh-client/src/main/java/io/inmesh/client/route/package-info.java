/** The compiled snapshot: which request goes where and under which policies; deeply immutable, behind one volatile. */
@NullMarked
package io.inmesh.client.route;

import org.jspecify.annotations.NullMarked;

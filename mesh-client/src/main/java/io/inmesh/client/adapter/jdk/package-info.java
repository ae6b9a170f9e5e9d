/** The JDK's HTTP client over the mesh. */
@NullMarked
package io.inmesh.client.adapter.jdk;

import org.jspecify.annotations.NullMarked;

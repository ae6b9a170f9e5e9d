/** Feign's clients over the mesh. */
@NullMarked
package io.inmesh.client.adapter.feign;

import org.jspecify.annotations.NullMarked;

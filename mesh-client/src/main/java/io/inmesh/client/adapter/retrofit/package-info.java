/** Annotations of Retrofit's interfaces over the mesh. */
@NullMarked
package io.inmesh.client.adapter.retrofit;

import org.jspecify.annotations.NullMarked;

/** Calls of OkHttp go through the mesh: its requests become the engine's, and its connections lead to the picked endpoints. */
@NullMarked
package io.inmesh.client.adapter.okhttp;

import org.jspecify.annotations.NullMarked;

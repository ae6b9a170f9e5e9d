/** Apache HttpClient 5 over the mesh. */
@NullMarked
package io.inmesh.client.adapter.apache;

import org.jspecify.annotations.NullMarked;

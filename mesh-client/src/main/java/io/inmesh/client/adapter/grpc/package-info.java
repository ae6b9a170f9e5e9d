/** grpc-java servers as the mesh's called side: credentials of the workload's identity, every call judged before its handler. */
@NullMarked
package io.inmesh.client.adapter.grpc;

import org.jspecify.annotations.NullMarked;

/** The workload's identity for what goes past the mesh and speaks TLS by itself. */
@NullMarked
package io.inmesh.spring.ssl;

import org.jspecify.annotations.NullMarked;

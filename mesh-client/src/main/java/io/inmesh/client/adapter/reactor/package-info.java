/** The mesh over Reactor Netty: requests and responses as publishers, no thread that waits. */
@NullMarked
package io.inmesh.client.adapter.reactor;

import org.jspecify.annotations.NullMarked;

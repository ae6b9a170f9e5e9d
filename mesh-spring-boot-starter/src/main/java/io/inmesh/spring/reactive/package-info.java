/** WebClient over the mesh: a connector whose requests are Reactor Netty's, with the mesh between. */
@NullMarked
package io.inmesh.spring.reactive;

import org.jspecify.annotations.NullMarked;

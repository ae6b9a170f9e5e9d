/** Mutual TLS as Istio's proxies speak it: the current identity, the contexts over it, and who a peer may be. */
@NullMarked
package io.inmesh.client.security;

import org.jspecify.annotations.NullMarked;

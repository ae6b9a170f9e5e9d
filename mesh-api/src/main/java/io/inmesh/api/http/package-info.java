/** Heads of requests and responses as policies see them; no client library's types. */
@NullMarked
package io.inmesh.api.http;

import org.jspecify.annotations.NullMarked;

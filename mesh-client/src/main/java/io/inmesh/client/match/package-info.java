/** Pure predicates over a request: string, path, header, query, host and fraction, each with Envoy's meaning. */
@NullMarked
package io.inmesh.client.match;

import org.jspecify.annotations.NullMarked;

/** The whole way of one request in order: route, fault, pick, admit, send, record, retry; decisions here, waiting in a driver. */
@NullMarked
package io.inmesh.client.pipeline;

import org.jspecify.annotations.NullMarked;

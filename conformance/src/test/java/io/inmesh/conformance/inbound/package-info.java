/** The called side: the same listener and the same bytes in a real Envoy and in our Tomcat; every answer must agree (docs/adr/0034). */
@NullMarked
package io.inmesh.conformance.inbound;

import org.jspecify.annotations.NullMarked;

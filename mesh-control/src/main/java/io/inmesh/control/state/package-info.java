/** The immutable push context: services, endpoints and policies, looked up with Istio's precedence. */
@NullMarked
package io.inmesh.control.state;

import org.jspecify.annotations.NullMarked;

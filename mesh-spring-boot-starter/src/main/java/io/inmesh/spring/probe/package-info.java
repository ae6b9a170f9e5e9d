/** A plaintext port for the kubelet and Prometheus, who have no mesh identity: health groups and metrics, nothing else. */
@NullMarked
package io.inmesh.spring.probe;

import org.jspecify.annotations.NullMarked;

/** What the actuator tells about the mesh: readiness, health, and the mesh endpoint. */
@NullMarked
package io.inmesh.spring.actuate;

import org.jspecify.annotations.NullMarked;

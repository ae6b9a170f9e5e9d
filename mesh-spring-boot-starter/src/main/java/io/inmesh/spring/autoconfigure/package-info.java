/** Spring Boot's auto-configuration of the mesh: properties in, beans out, wired nowhere else. */
@NullMarked
package io.inmesh.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;

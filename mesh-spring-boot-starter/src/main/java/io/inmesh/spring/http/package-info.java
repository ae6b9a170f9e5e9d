/** Spring's HTTP clients over the mesh: a request factory whose requests are OkHttp calls. */
@NullMarked
package io.inmesh.spring.http;

import org.jspecify.annotations.NullMarked;

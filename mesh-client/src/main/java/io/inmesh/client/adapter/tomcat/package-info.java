/** An embedded Tomcat's connector as the mesh's called side: mutual TLS and plaintext on one port, every request judged before Tomcat maps it. */
@NullMarked
package io.inmesh.client.adapter.tomcat;

import org.jspecify.annotations.NullMarked;

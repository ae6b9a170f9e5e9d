package io.inmesh.benchmarks.endtoend;

/** How a call goes from the calling process to the called one. */
enum Way {
    /** OkHttp to Tomcat: the zero. */
    BARE,
    /** The same with TLS by the JDK on both sides. */
    TLS,
    /** Our client and our inbound side, mutual TLS. */
    MESH_MUTUAL,
    /** Our client and our inbound side, plaintext. */
    MESH_OPEN,
    /** OkHttp to an Envoy, mutual TLS to a second Envoy, to Tomcat. */
    ENVOY_PAIR
}

package io.inmesh.control.config;

import java.net.URI;
import java.time.Duration;

/**
 * Where the keys of an issuer are.
 *
 * @param discovery the address is that of an OpenID Connect discovery document, which names the keys'
 * @param timeout of one fetch
 */
public record KeyAddress(URI uri, boolean discovery, Duration timeout) {}

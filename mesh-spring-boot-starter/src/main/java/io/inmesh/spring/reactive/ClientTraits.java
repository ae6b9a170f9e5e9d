package io.inmesh.spring.reactive;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.util.Assert;

/**
 * What a client wants of its answers, whichever way they come. Connecting is the operator's affair.
 *
 * @param followsRedirects whether it goes where an answer leads
 * @param readTimeout for the head, and between parts of the body; null for none
 */
record ClientTraits(boolean followsRedirects, @Nullable Duration readTimeout) {

    /** Of a connector whose settings nobody can read: Reactor Netty's own defaults. */
    static final ClientTraits UNKNOWN = new ClientTraits(false, null);

    static ClientTraits of(@Nullable HttpClientSettings settings) {
        if (settings == null) {
            return new ClientTraits(true, null);
        }
        Assert.state(
                settings.cookieHandling() != HttpCookieHandling.ENABLE,
                "Requests through the mesh keep no cookies: spring.http.clients.cookie-handling must not be 'enable'");
        Assert.state(
                settings.inetAddressFilter() == null,
                "Requests through the mesh go where the operator's routes lead: an InetAddressFilter could not hold for them");
        return new ClientTraits(settings.redirects() != HttpRedirects.DONT_FOLLOW, settings.readTimeout());
    }
}

package io.inmesh.spring.http;

import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpCookieHandling;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.util.Assert;

/** Spring Boot's client settings in OkHttp's terms. */
final class OkHttpSettings {

    private OkHttpSettings() {}

    static OkHttpClient apply(HttpClientSettings settings, OkHttpClient base) {
        Assert.state(
                settings.cookieHandling() != HttpCookieHandling.ENABLE,
                "Requests through the mesh keep no cookies: spring.http.clients.cookie-handling must not be 'enable'");
        Assert.state(
                settings.inetAddressFilter() == null,
                "Requests through the mesh go where the operator's routes lead: an InetAddressFilter could not hold for them");
        OkHttpClient.Builder builder = base.newBuilder();
        if (settings.connectTimeout() != null) {
            builder.connectTimeout(settings.connectTimeout());
        }
        // Spring's other clients wait for ever where nothing is set; OkHttp's ten seconds would be a limit nobody asked
        // for.
        builder.readTimeout(settings.readTimeout() == null ? Duration.ZERO : settings.readTimeout());
        boolean follow = settings.redirects() != HttpRedirects.DONT_FOLLOW;
        builder.followRedirects(follow).followSslRedirects(follow);
        if (settings.sslBundle() != null) {
            trust(builder, settings.sslBundle());
        }
        return builder.build();
    }

    private static void trust(OkHttpClient.Builder builder, SslBundle bundle) {
        TrustManager[] managers = bundle.getManagers().getTrustManagers();
        X509TrustManager x509 = Arrays.stream(managers)
                .filter(X509TrustManager.class::isInstance)
                .map(X509TrustManager.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("The SSL bundle has no X.509 trust manager"));
        builder.sslSocketFactory(bundle.createSslContext().getSocketFactory(), x509);
    }
}

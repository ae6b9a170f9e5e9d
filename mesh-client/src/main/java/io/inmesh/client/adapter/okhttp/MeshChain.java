package io.inmesh.client.adapter.okhttp;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.SocketFactory;
import javax.net.ssl.HostnameVerifier;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.Authenticator;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.CertificatePinner;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Dns;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Goes on through interceptors that OkHttp's own chain does not know of. Settings of the call are those of the chain that it was
 * entered from, changed by whoever changes them on the way. Immutable.
 *
 * @param settings where OkHttp's own chain stood
 * @param index the interceptor that is next
 * @param last comes after them all
 */
record MeshChain(
        Interceptor.Chain settings, List<Interceptor> interceptors, int index, Interceptor last, Request request)
        implements Interceptor.Chain {

    @Override
    public Response proceed(Request next) throws IOException {
        Interceptor then = index < interceptors.size() ? interceptors.get(index) : last;
        return then.intercept(new MeshChain(settings, interceptors, index + 1, last, next));
    }

    private MeshChain with(Interceptor.Chain changed) {
        return new MeshChain(changed, interceptors, index, last, request);
    }

    @Override
    public @Nullable Connection connection() {
        return settings.connection();
    }

    @Override
    public Call call() {
        return settings.call();
    }

    @Override
    public int connectTimeoutMillis() {
        return settings.connectTimeoutMillis();
    }

    @Override
    public Interceptor.Chain withConnectTimeout(int timeout, TimeUnit unit) {
        return with(settings.withConnectTimeout(timeout, unit));
    }

    @Override
    public int readTimeoutMillis() {
        return settings.readTimeoutMillis();
    }

    @Override
    public Interceptor.Chain withReadTimeout(int timeout, TimeUnit unit) {
        return with(settings.withReadTimeout(timeout, unit));
    }

    @Override
    public int writeTimeoutMillis() {
        return settings.writeTimeoutMillis();
    }

    @Override
    public Interceptor.Chain withWriteTimeout(int timeout, TimeUnit unit) {
        return with(settings.withWriteTimeout(timeout, unit));
    }

    @Override
    public boolean getFollowSslRedirects() {
        return settings.getFollowSslRedirects();
    }

    @Override
    public boolean getFollowRedirects() {
        return settings.getFollowRedirects();
    }

    @Override
    public Dns getDns() {
        return settings.getDns();
    }

    @Override
    public Interceptor.Chain withDns(Dns dns) {
        return with(settings.withDns(dns));
    }

    @Override
    public SocketFactory getSocketFactory() {
        return settings.getSocketFactory();
    }

    @Override
    public Interceptor.Chain withSocketFactory(SocketFactory socketFactory) {
        return with(settings.withSocketFactory(socketFactory));
    }

    @Override
    public boolean getRetryOnConnectionFailure() {
        return settings.getRetryOnConnectionFailure();
    }

    @Override
    public Interceptor.Chain withRetryOnConnectionFailure(boolean retryOnConnectionFailure) {
        return with(settings.withRetryOnConnectionFailure(retryOnConnectionFailure));
    }

    @Override
    public Authenticator getAuthenticator() {
        return settings.getAuthenticator();
    }

    @Override
    public Interceptor.Chain withAuthenticator(Authenticator authenticator) {
        return with(settings.withAuthenticator(authenticator));
    }

    @Override
    public CookieJar getCookieJar() {
        return settings.getCookieJar();
    }

    @Override
    public Interceptor.Chain withCookieJar(CookieJar cookieJar) {
        return with(settings.withCookieJar(cookieJar));
    }

    @Override
    public @Nullable Cache getCache() {
        return settings.getCache();
    }

    @Override
    public Interceptor.Chain withCache(@Nullable Cache cache) {
        return with(settings.withCache(cache));
    }

    @Override
    public @Nullable Proxy getProxy() {
        return settings.getProxy();
    }

    @Override
    public Interceptor.Chain withProxy(@Nullable Proxy proxy) {
        return with(settings.withProxy(proxy));
    }

    @Override
    public ProxySelector getProxySelector() {
        return settings.getProxySelector();
    }

    @Override
    public Interceptor.Chain withProxySelector(ProxySelector proxySelector) {
        return with(settings.withProxySelector(proxySelector));
    }

    @Override
    public Authenticator getProxyAuthenticator() {
        return settings.getProxyAuthenticator();
    }

    @Override
    public Interceptor.Chain withProxyAuthenticator(Authenticator proxyAuthenticator) {
        return with(settings.withProxyAuthenticator(proxyAuthenticator));
    }

    @Override
    public @Nullable SSLSocketFactory getSslSocketFactoryOrNull() {
        return settings.getSslSocketFactoryOrNull();
    }

    @Override
    public Interceptor.Chain withSslSocketFactory(
            @Nullable SSLSocketFactory sslSocketFactory, @Nullable X509TrustManager x509TrustManager) {
        return with(settings.withSslSocketFactory(sslSocketFactory, x509TrustManager));
    }

    @Override
    public @Nullable X509TrustManager getX509TrustManagerOrNull() {
        return settings.getX509TrustManagerOrNull();
    }

    @Override
    public HostnameVerifier getHostnameVerifier() {
        return settings.getHostnameVerifier();
    }

    @Override
    public Interceptor.Chain withHostnameVerifier(HostnameVerifier hostnameVerifier) {
        return with(settings.withHostnameVerifier(hostnameVerifier));
    }

    @Override
    public CertificatePinner getCertificatePinner() {
        return settings.getCertificatePinner();
    }

    @Override
    public Interceptor.Chain withCertificatePinner(CertificatePinner certificatePinner) {
        return with(settings.withCertificatePinner(certificatePinner));
    }

    @Override
    public ConnectionPool getConnectionPool() {
        return settings.getConnectionPool();
    }

    @Override
    public Interceptor.Chain withConnectionPool(ConnectionPool connectionPool) {
        return with(settings.withConnectionPool(connectionPool));
    }

    @Override
    public EventListener getEventListener() {
        return settings.getEventListener();
    }
}

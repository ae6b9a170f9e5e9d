package io.inmesh.client.adapter.feign;

import feign.Client;
import feign.MethodMetadata;
import feign.Request;
import feign.RequestTemplate;
import feign.Response;
import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyAnnotations;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import org.jspecify.annotations.Nullable;

/**
 * Sends Feign's requests for hosts of the mesh through the mesh, with what the annotations of its method ask for, and all others through
 * the application's own client. Feign's interceptors, encoders, options and error decoders stay above. Thread-safe.
 */
public final class MeshFeignClient implements Client {

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

    private final Client original;
    private final OkHttpClient mesh;
    private final Predicate<URI> carries;
    private final BiFunction<Class<?>, Method, CallPolicy> policies;
    private final Map<Method, CallPolicy> known = new ConcurrentHashMap<>();

    private MeshFeignClient(
            Client original,
            OkHttpClient mesh,
            Predicate<URI> carries,
            BiFunction<Class<?>, Method, CallPolicy> policies) {
        this.original = original;
        this.mesh = mesh;
        this.carries = carries;
        this.policies = policies;
    }

    /** Puts the mesh before a client, with annotations as the only policies; see the other. */
    public static Client of(Client original, OkHttpClient mesh, Predicate<URI> carries) {
        return of(original, mesh, carries, PolicyAnnotations::of);
    }

    /**
     * Puts the mesh before a client; one that has it already stays as it is.
     *
     * @param mesh a client that goes through the mesh
     * @param carries whether the mesh carries requests for an address
     * @param policies of a client's method; asked once for each
     */
    public static Client of(
            Client original,
            OkHttpClient mesh,
            Predicate<URI> carries,
            BiFunction<Class<?>, Method, CallPolicy> policies) {
        return original instanceof MeshFeignClient ? original : new MeshFeignClient(original, mesh, carries, policies);
    }

    @Override
    public Response execute(Request request, Request.Options options) throws IOException {
        if (!carries.test(URI.create(request.url()))) {
            return original.execute(request, options);
        }
        okhttp3.Response answer = client(options).newCall(convert(request)).execute();
        Map<String, Collection<String>> headers = Map.copyOf(answer.headers().toMultimap());
        long length = answer.body().contentLength();
        return Response.builder()
                .request(request)
                .status(answer.code())
                .reason(answer.message())
                .headers(headers)
                .body(answer.body().byteStream(), length < 0 || length > Integer.MAX_VALUE ? null : (int) length)
                .build();
    }

    private OkHttpClient client(Request.Options options) {
        boolean same = mesh.readTimeoutMillis() == options.readTimeoutUnit().toMillis(options.readTimeout())
                && mesh.connectTimeoutMillis() == options.connectTimeoutUnit().toMillis(options.connectTimeout())
                && mesh.followRedirects() == options.isFollowRedirects();
        return same
                ? mesh
                : mesh.newBuilder()
                        .connectTimeout(options.connectTimeout(), options.connectTimeoutUnit())
                        .readTimeout(options.readTimeout(), options.readTimeoutUnit())
                        .writeTimeout(0, TimeUnit.MILLISECONDS)
                        .followRedirects(options.isFollowRedirects())
                        .build();
    }

    private okhttp3.Request convert(Request request) throws IOException {
        okhttp3.Request.Builder converted = new okhttp3.Request.Builder();
        try {
            converted.url(request.url()).method(request.httpMethod().name(), body(request));
        } catch (IllegalArgumentException e) {
            throw new IOException("not a request that OkHttp can send: " + request.url(), e);
        }
        request.headers().forEach((name, values) -> {
            if (!name.toLowerCase(Locale.ROOT).equals("content-length")) {
                values.forEach(value -> converted.addHeader(name, value));
            }
        });
        CallPolicy policy = policy(request.requestTemplate());
        return policy == null
                ? converted.build()
                : converted.tag(CallPolicy.class, policy).build();
    }

    private @Nullable CallPolicy policy(@Nullable RequestTemplate template) {
        MethodMetadata method = template == null ? null : template.methodMetadata();
        return method == null
                ? null
                : known.computeIfAbsent(method.method(), key -> policies.apply(method.targetType(), key));
    }

    private static @Nullable RequestBody body(Request request) {
        if (request.body() != null) {
            return RequestBody.create(request.body());
        }
        return WITH_BODY.contains(request.httpMethod().name()) ? RequestBody.EMPTY : null;
    }
}

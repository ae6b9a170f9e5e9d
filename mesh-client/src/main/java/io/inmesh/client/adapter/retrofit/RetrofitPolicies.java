package io.inmesh.client.adapter.retrofit;

import io.inmesh.api.policy.CallPolicy;
import io.inmesh.api.policy.PolicyAnnotations;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import retrofit2.Invocation;

/**
 * Lets calls of Retrofit's interfaces carry what the annotations of their methods ask for. It is added to the client before the mesh:
 * {@code mesh.okHttp(client.newBuilder().addInterceptor(new RetrofitPolicies()).build())}. Thread-safe.
 */
public final class RetrofitPolicies implements Interceptor {

    private final BiFunction<Class<?>, Method, CallPolicy> policies;
    private final Map<Method, CallPolicy> known = new ConcurrentHashMap<>();

    /** With annotations as the only policies. */
    public RetrofitPolicies() {
        this(PolicyAnnotations::of);
    }

    /**
     * With policies of any origin.
     *
     * @param policies of an interface's method; asked once for each
     */
    public RetrofitPolicies(BiFunction<Class<?>, Method, CallPolicy> policies) {
        this.policies = policies;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        CallPolicy policy = policy(request.tag(Invocation.class));
        return chain.proceed(
                policy == null || policy.isEmpty()
                        ? request
                        : request.newBuilder().tag(CallPolicy.class, policy).build());
    }

    private @Nullable CallPolicy policy(@Nullable Invocation invocation) {
        return invocation == null
                ? null
                : known.computeIfAbsent(invocation.method(), method -> policies.apply(invocation.service(), method));
    }
}

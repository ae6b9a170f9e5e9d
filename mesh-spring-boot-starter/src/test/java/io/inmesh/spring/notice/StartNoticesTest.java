package io.inmesh.spring.notice;

import static org.assertj.core.api.Assertions.assertThat;

import feign.Retryer;
import io.github.resilience4j.retry.annotation.Retry;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.MethodDescriptor;
import java.lang.reflect.Proxy;
import java.util.Set;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.resilience.annotation.Retryable;
import org.springframework.web.service.annotation.GetExchange;

class StartNoticesTest {

    private static final Set<String> STRICT = Set.of("db.shop:5432", "kafka-0:9092", "cache:6379", "ratings:50051");

    private final ApplicationContextRunner application = new ApplicationContextRunner();

    private static String retries(ConfigurableApplicationContext context) {
        return new RepeatedRetries(context.getBeanFactory()).text().orElse("");
    }

    private static String uncovered(ConfigurableApplicationContext context) {
        return new UncoveredClients(
                        context.getBeanFactory(),
                        context.getEnvironment(),
                        (host, port) -> STRICT.contains(host + ":" + port))
                .text()
                .orElse("");
    }

    static class Orders {
        @Retryable
        void place() {}
    }

    interface Ratings {
        @Retry(name = "ratings")
        @GetExchange("/ratings")
        String ratings();
    }

    /** As Spring makes HTTP interfaces. */
    private static Ratings proxied() {
        return (Ratings) Proxy.newProxyInstance(
                Ratings.class.getClassLoader(),
                new Class<?>[] {Ratings.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> 1;
                    case "equals" -> proxy == arguments[0];
                    default -> "";
                });
    }

    static final class RetryInterceptor implements Interceptor {
        @Override
        public Response intercept(Chain chain) throws java.io.IOException {
            return chain.proceed(chain.request());
        }
    }

    @Test
    void retriesAboveTheMeshAreNamedEach() {
        application
                .withBean(Orders.class)
                .withBean(Ratings.class, StartNoticesTest::proxied)
                .withBean("patient", Retryer.class, Retryer.Default::new)
                .withBean("never", Retryer.class, () -> Retryer.NEVER_RETRY)
                .withBean("fetching", OkHttpClient.class, () -> new OkHttpClient.Builder()
                        .addInterceptor(new RetryInterceptor())
                        .build())
                .run(context -> assertThat(
                                retries(context.getSourceApplicationContext(ConfigurableApplicationContext.class)))
                        .contains("@Retryable on " + Orders.class.getName() + ".place")
                        .contains("@Retry on " + Ratings.class.getName() + ".ratings")
                        .contains("the Feign Retryer 'patient'")
                        .contains("RetryInterceptor in the OkHttpClient 'fetching'")
                        .doesNotContain("never")
                        .contains("the product of the two"));
    }

    @Test
    void withoutThemNothingIsSaid() {
        application
                .withBean(OkHttpClient.class)
                .withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://elsewhere:5432/shop", "spring.port=70000:1")
                .run(context -> {
                    assertThat(retries(context.getSourceApplicationContext(ConfigurableApplicationContext.class)))
                            .isEmpty();
                    assertThat(uncovered(context.getSourceApplicationContext(ConfigurableApplicationContext.class)))
                            .isEmpty();
                });
    }

    @Test
    void clientsPastTheMeshToItsServicesAreNamed() {
        application
                .withBean("ratings", Channel.class, () -> new Wire("ratings:50051"))
                .withPropertyValues(
                        "spring.datasource.url=jdbc:postgresql://user:secret@db.shop:5432/shop",
                        "spring.kafka.bootstrap-servers=elsewhere:9092,kafka-0:9092",
                        "spring.data.redis.host=cache",
                        "spring.data.redis.port=6379",
                        "spring.http.serviceclient.db.base-url=http://db.shop:5432")
                .run(context -> assertThat(
                                uncovered(context.getSourceApplicationContext(ConfigurableApplicationContext.class)))
                        .contains("gRPC channel 'ratings' -> ratings:50051")
                        .contains("spring.datasource.url -> db.shop:5432")
                        .contains("spring.kafka.bootstrap-servers -> kafka-0:9092")
                        .contains("spring.data.redis.host -> cache:6379")
                        .doesNotContain("elsewhere")
                        .doesNotContain("secret")
                        .doesNotContain("serviceclient"));
    }

    private static final class Wire extends Channel {

        private final String authority;

        Wire(String authority) {
            this.authority = authority;
        }

        @Override
        public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
            throw new AssertionError("nobody calls");
        }

        @Override
        public String authority() {
            return authority;
        }
    }
}

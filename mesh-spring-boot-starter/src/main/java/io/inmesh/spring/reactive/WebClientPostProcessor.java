package io.inmesh.spring.reactive;

import io.inmesh.spring.http.MeshPolicies;
import java.net.URI;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;

/**
 * A WebClient bean goes through the mesh also if it was not made over one of Spring Boot's connectors. Its filters and codecs stay; requests for hosts outside
 * the mesh go on as they did.
 */
public final class WebClientPostProcessor implements BeanPostProcessor {

    private static final ClientHttpConnector NOWHERE = (method, uri, callback) ->
            Mono.error(new IllegalStateException("hosts outside the mesh are the original client's"));

    private final Supplier<ReactiveHttp> mesh;

    /**
     * Takes hold of beans.
     *
     * @param mesh asked when the first such bean is made
     */
    public WebClientPostProcessor(Supplier<ReactiveHttp> mesh) {
        this.mesh = mesh;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof WebClient client)) {
            return bean;
        }
        ReactiveHttp http = mesh.get();
        WebClient joined = joined(client, http);
        return http.policies()
                .ofBean(name)
                .map(policy -> joined.mutate()
                        .filter((request, next) -> next.exchange(ClientRequest.from(request)
                                .attribute(MeshPolicies.OF_CLIENT, policy)
                                .build()))
                        .build())
                .orElse(joined);
    }

    private static WebClient joined(WebClient client, ReactiveHttp http) {
        ExchangeFunction outside = inner(client);
        if (outside == null || isJoined(outside)) {
            return client;
        }
        MeshClientHttpConnector inside = new MeshClientHttpConnector(NOWHERE, http, ClientTraits.UNKNOWN);
        return client.mutate()
                .clientConnector(inside)
                .filters(filters -> filters.add((request, next) ->
                        http.inMesh().test(request.url()) ? next.exchange(request) : outside.exchange(request)))
                .build();
    }

    /** A connector of ours answers while it is subscribed to; whatever others begin is called off. */
    private static boolean isJoined(ExchangeFunction exchange) {
        AtomicBoolean joined = new AtomicBoolean();
        exchange.exchange(ClientRequest.create(HttpMethod.GET, MeshClientHttpConnector.JOINED)
                        .build())
                .subscribe(
                        response -> {},
                        failure -> joined.set(failure.getCause() instanceof MeshClientHttpConnector.JoinedException
                                || failure instanceof MeshClientHttpConnector.JoinedException))
                .dispose();
        return joined.get();
    }

    /** What the client's filters stand before. It has no accessor, but shows it to a filter, which ends the call before anything is sent. */
    private static @Nullable ExchangeFunction inner(WebClient client) {
        AtomicReference<@Nullable ExchangeFunction> found = new AtomicReference<>();
        Mono<ClientResponse> taken = Mono.error(new IllegalStateException("nothing is sent"));
        client.mutate()
                .filters(filters -> {
                    filters.clear();
                    filters.add((request, next) -> {
                        found.set(next);
                        return taken;
                    });
                })
                .build()
                .method(HttpMethod.GET)
                .uri(URI.create("http://mesh.invalid/"))
                .retrieve()
                .toBodilessEntity()
                .onErrorComplete()
                .block();
        return found.get();
    }
}

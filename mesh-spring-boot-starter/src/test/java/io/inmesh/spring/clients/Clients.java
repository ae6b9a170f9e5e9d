package io.inmesh.spring.clients;

import feign.Client;
import io.inmesh.client.Mesh;
import io.inmesh.client.adapter.apache.ApacheMesh;
import io.inmesh.client.adapter.feign.MeshFeignClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.ResponseBody;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.springframework.context.ApplicationContext;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.client.DefaultResponseErrorHandler;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.ResponseErrorHandler;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;
import org.springframework.web.reactive.function.client.WebClientException;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.http.Body;
import retrofit2.http.GET;
import retrofit2.http.HeaderMap;
import retrofit2.http.POST;
import retrofit2.http.Streaming;
import retrofit2.http.Url;

/** Every client that the mesh carries. */
enum Clients {
    OKHTTP {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return okHttp(mesh.okHttp(new OkHttpClient()));
        }
    },
    REST_CLIENT {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return new OfRestClient(application.getBean("built", RestClient.class));
        }
    },
    CREATED_REST_CLIENT {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return new OfRestClient(application.getBean("created", RestClient.class));
        }
    },
    REST_TEMPLATE {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return new OfRestTemplate(application.getBean(RestTemplate.class));
        }
    },
    FEIGN {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return feign(
                    MeshFeignClient.of(new Client.Default(null, null), mesh.okHttp(new OkHttpClient()), mesh::carries));
        }
    },
    RETROFIT {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return new OfRetrofit(new Retrofit.Builder()
                    .baseUrl("http://unused.test/")
                    .client(mesh.okHttp(new OkHttpClient()))
                    .build()
                    .create(OfRetrofit.Anything.class));
        }
    },
    JDK {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            HttpClient original = HttpClient.newBuilder()
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .build();
            return jdk(mesh.httpClient(original));
        }
    },
    APACHE {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return new OfApache(ApacheMesh.join(
                            HttpClients.custom().disableAutomaticRetries(),
                            mesh.okHttp(new OkHttpClient()),
                            mesh::carries)
                    .build());
        }
    },
    WEB_CLIENT {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return new OfWebClient(application.getBean("builtReactive", WebClient.class));
        }
    },
    CREATED_WEB_CLIENT {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return new OfWebClient(application.getBean("createdReactive", WebClient.class));
        }
    },
    FINISHED_APACHE {
        @Override
        ClientUnderTest in(Mesh mesh, ApplicationContext application) {
            return new OfApache(
                    ApacheMesh.before(HttpClients.createDefault(), mesh.okHttp(new OkHttpClient()), mesh::carries));
        }
    };

    abstract ClientUnderTest in(Mesh mesh, ApplicationContext application);

    private static Map<String, List<String>> lower(Map<String, ? extends Collection<String>> headers) {
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return lower;
    }

    private static ClientUnderTest okHttp(OkHttpClient client) {
        return new ClientUnderTest() {
            @Override
            public <T> T exchange(Ask ask, Reader<T> reader) throws IOException {
                Request.Builder request = new Request.Builder()
                        .url(ask.url())
                        .method(ask.method(), ask.body().length == 0 ? null : RequestBody.create(ask.body()));
                ask.headers().forEach(line -> request.addHeader(line.getKey(), line.getValue()));
                try (okhttp3.Response response = client.newCall(request.build()).execute()) {
                    return reader.read(
                            response.code(),
                            lower(response.headers().toMultimap()),
                            response.body().byteStream());
                }
            }
        };
    }

    private static ClientUnderTest feign(Client client) {
        return new ClientUnderTest() {
            @Override
            public <T> T exchange(Ask ask, Reader<T> reader) throws IOException {
                Map<String, Collection<String>> headers = new TreeMap<>();
                ask.headers().forEach(line -> headers.computeIfAbsent(line.getKey(), n -> new ArrayList<>())
                        .add(line.getValue()));
                feign.Request request = feign.Request.create(
                        feign.Request.HttpMethod.valueOf(ask.method()),
                        ask.url(),
                        headers,
                        ask.body().length == 0 ? null : ask.body(),
                        null,
                        null);
                try (feign.Response response = client.execute(request, new feign.Request.Options())) {
                    InputStream body = response.body() == null
                            ? InputStream.nullInputStream()
                            : response.body().asInputStream();
                    return reader.read(response.status(), lower(response.headers()), body);
                }
            }
        };
    }

    private static ClientUnderTest jdk(HttpClient client) {
        return new ClientUnderTest() {
            @Override
            public <T> T exchange(Ask ask, Reader<T> reader) throws IOException {
                HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ask.url()))
                        .method(
                                ask.method(),
                                ask.body().length == 0
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofByteArray(ask.body()));
                ask.headers().forEach(line -> request.header(line.getKey(), line.getValue()));
                try {
                    HttpResponse<InputStream> response =
                            client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
                    try (InputStream body = response.body()) {
                        return reader.read(
                                response.statusCode(), lower(response.headers().map()), body);
                    }
                } catch (InterruptedException e) {
                    throw (InterruptedIOException) new InterruptedIOException().initCause(e);
                }
            }
        };
    }

    private record OfRestClient(RestClient client) implements ClientUnderTest {

        @Override
        public <T> T exchange(Ask ask, Reader<T> reader) throws IOException {
            RestClient.RequestBodySpec request = client.method(HttpMethod.valueOf(ask.method()))
                    .uri(URI.create(ask.url()))
                    .headers(headers -> ask.headers().forEach(line -> headers.add(line.getKey(), line.getValue())));
            if (ask.body().length > 0) {
                request.body(ask.body());
            }
            try {
                return request.exchange((sent, response) -> reader.read(
                        response.getStatusCode().value(), headers(response.getHeaders()), response.getBody()));
            } catch (ResourceAccessException e) {
                throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
            }
        }
    }

    private record OfWebClient(WebClient client) implements ClientUnderTest {

        @Override
        public <T> T exchange(Ask ask, Reader<T> reader) throws IOException {
            WebClient.RequestBodySpec request = client.method(HttpMethod.valueOf(ask.method()))
                    .uri(URI.create(ask.url()))
                    .headers(headers -> ask.headers().forEach(line -> headers.add(line.getKey(), line.getValue())));
            if (ask.body().length > 0) {
                request.bodyValue(ask.body());
            }
            try {
                return request.exchangeToMono(response -> Mono.fromCallable(() -> {
                                    try (InputStream body = DataBufferUtils.subscriberInputStream(
                                            response.bodyToFlux(DataBuffer.class), 8)) {
                                        return reader.read(
                                                response.statusCode().value(),
                                                headers(response.headers().asHttpHeaders()),
                                                body);
                                    }
                                })
                                .subscribeOn(Schedulers.boundedElastic()))
                        .block();
            } catch (WebClientException e) {
                throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
            } catch (RuntimeException e) {
                // What block() makes of an interruption.
                throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
            }
        }
    }

    private record OfRestTemplate(RestTemplate client) implements ClientUnderTest {

        @Override
        public <T> T exchange(Ask ask, Reader<T> reader) throws IOException {
            client.setErrorHandler(new NoErrors());
            try {
                return client.execute(
                        URI.create(ask.url()),
                        HttpMethod.valueOf(ask.method()),
                        request -> {
                            ask.headers().forEach(line -> request.getHeaders().add(line.getKey(), line.getValue()));
                            if (ask.body().length > 0) {
                                request.getBody().write(ask.body());
                            }
                        },
                        response -> reader.read(
                                response.getStatusCode().value(), headers(response.getHeaders()), response.getBody()));
            } catch (ResourceAccessException e) {
                throw e.getCause() instanceof IOException cause ? cause : new IOException(e);
            }
        }
    }

    private static final class NoErrors extends DefaultResponseErrorHandler implements ResponseErrorHandler {

        @Override
        protected boolean hasError(org.springframework.http.HttpStatusCode status) {
            return false;
        }
    }

    private static Map<String, List<String>> headers(HttpHeaders headers) {
        Map<String, List<String>> lower = new TreeMap<>();
        headers.forEach((name, values) -> lower.put(name.toLowerCase(Locale.ROOT), List.copyOf(values)));
        return lower;
    }

    private record OfRetrofit(Anything service) implements ClientUnderTest {

        interface Anything {
            @Streaming
            @GET
            Call<ResponseBody> get(@Url String url, @HeaderMap okhttp3.Headers headers);

            @Streaming
            @POST
            Call<ResponseBody> post(@Url String url, @HeaderMap okhttp3.Headers headers, @Body RequestBody body);
        }

        @Override
        public <T> T exchange(Ask ask, Reader<T> reader) throws IOException {
            okhttp3.Headers.Builder headers = new okhttp3.Headers.Builder();
            ask.headers().forEach(line -> headers.add(line.getKey(), line.getValue()));
            Call<ResponseBody> call = ask.method().equals("GET")
                    ? service.get(ask.url(), headers.build())
                    : service.post(ask.url(), headers.build(), RequestBody.create(ask.body()));
            retrofit2.Response<ResponseBody> response = call.execute();
            try (ResponseBody body = response.isSuccessful() ? response.body() : response.errorBody()) {
                return reader.read(response.code(), lower(response.headers().toMultimap()), body.byteStream());
            }
        }
    }

    private record OfApache(CloseableHttpClient client) implements ClientUnderTest {

        @Override
        public <T> T exchange(Ask ask, Reader<T> reader) throws IOException {
            ClassicRequestBuilder request =
                    ClassicRequestBuilder.create(ask.method()).setUri(ask.url());
            ask.headers().forEach(line -> request.addHeader(line.getKey(), line.getValue()));
            if (ask.body().length > 0) {
                request.setEntity(new ByteArrayEntity(ask.body(), ContentType.APPLICATION_OCTET_STREAM));
            }
            return client.execute(request.build(), response -> {
                Map<String, List<String>> headers = new TreeMap<>();
                for (Header header : response.getHeaders()) {
                    headers.computeIfAbsent(header.getName().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                            .add(header.getValue());
                }
                return reader.read(
                        response.getCode(),
                        headers,
                        response.getEntity() == null
                                ? InputStream.nullInputStream()
                                : response.getEntity().getContent());
            });
        }
    }
}

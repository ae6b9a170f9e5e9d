package io.inmesh.samples.reviews;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** The ratings service as its callers use it: OkHttp and nothing else. */
@Component
class Ratings {

    private static final Pattern STARS = Pattern.compile("\"stars\":(\\d)");

    private final OkHttpClient client;
    private final HttpUrl url;
    private final MeterRegistry meters;

    Ratings(
            OkHttpClient client,
            @Value("${bookshop.ratings-url:http://ratings:9080}") String url,
            MeterRegistry meters) {
        this.client = client;
        this.url = HttpUrl.get(url);
        this.meters = meters;
    }

    /** A book's stars, or null while the ratings are unavailable: a review is worth reading without them. */
    @Nullable
    Stars of(String book, @Nullable String user) {
        HttpUrl rating =
                url.newBuilder().addPathSegment("ratings").addPathSegment(book).build();
        Request.Builder request = new Request.Builder().url(rating);
        if (user != null) {
            request.header("end-user", user);
        }
        try (Response response = client.newCall(request.build()).execute()) {
            count(Integer.toString(response.code()));
            Matcher stars = STARS.matcher(response.body().string());
            return response.isSuccessful() && stars.find() ? new Stars(Integer.parseInt(stars.group(1))) : null;
        } catch (IOException e) {
            count(e.getClass().getSimpleName());
            return null;
        }
    }

    private void count(String status) {
        meters.counter("bookshop.ratings.answers", "status", status).increment();
    }

    record Stars(int given) {}
}

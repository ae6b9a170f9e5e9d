package io.inmesh.samples.reviews;

import okhttp3.OkHttpClient;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class ClientConfiguration {

    @Bean
    OkHttpClient httpClient() {
        return new OkHttpClient();
    }
}

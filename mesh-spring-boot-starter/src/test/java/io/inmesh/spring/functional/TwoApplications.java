package io.inmesh.spring.functional;

import io.inmesh.api.annotation.MeshAllow;
import jakarta.servlet.http.HttpServletRequest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import okhttp3.OkHttpClient;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;
import org.springframework.web.reactive.function.client.WebClient;

/** Plain Spring Boot: one application that tells who called it, and one with every client. */
public final class TwoApplications {

    private TwoApplications() {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @RestController
    public static class Callee {

        @GetMapping("/whoami")
        String whoami(HttpServletRequest request) throws CertificateParsingException {
            X509Certificate[] chain =
                    (X509Certificate[]) request.getAttribute("jakarta.servlet.request.X509Certificate");
            return chain == null
                    ? "nobody"
                    : chain[0].getSubjectAlternativeNames().iterator().next().get(1)
                            + (request.isSecure() ? " securely" : "");
        }

        @GetMapping("/protocol")
        String protocol(HttpServletRequest request) {
            return request.getProtocol();
        }

        @MeshAllow(principals = "cluster.local/ns/shop/sa/treasurer")
        @GetMapping("/vault/{door}")
        String vault() {
            throw new AssertionError("nobody may come here");
        }

        @MeshAllow(namespaces = "shop")
        @GetMapping("/counter")
        String counter() {
            return "what may it be";
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    public static class Caller {

        @Bean
        RestClient built(RestClient.Builder builder) {
            return builder.build();
        }

        @Bean
        RestClient created() {
            return RestClient.create();
        }

        @Bean
        RestTemplate restTemplate() {
            return new RestTemplate();
        }

        @Bean
        WebClient builtReactive(WebClient.Builder builder) {
            return builder.build();
        }

        @Bean
        WebClient createdReactive() {
            return WebClient.create();
        }

        @Bean
        OkHttpClient okHttpClient() {
            return new OkHttpClient();
        }
    }
}

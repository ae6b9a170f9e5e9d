package com.example.demo;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/** An application that has never heard of a mesh. */
@RestController
class ShopController {

	private final RestClient client;

	private final String version;

	ShopController(RestClient.Builder client, @Value("${app.version:none}") String version) {
		this.client = client.baseUrl("http://reviews:9080").build();
		this.version = version;
	}

	@GetMapping("/reviews")
	String reviews() {
		return this.version;
	}

	@GetMapping("/shop")
	String shop(@RequestHeader(name = "end-user", defaultValue = "nobody") String user) {
		return this.client.get().uri("/reviews").header("end-user", user).retrieve().body(String.class);
	}

}

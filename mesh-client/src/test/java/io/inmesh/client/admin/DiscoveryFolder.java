package io.inmesh.client.admin;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.inmesh.testkit.EnvoyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One configuration as files that a real Envoy and our own file source both read. */
record DiscoveryFolder(Path folder) {

    /** One response with one resource. */
    void write(String type, String fullName, String resource) throws IOException {
        String typeUrl = "type.googleapis.com/" + fullName;
        String response = "{\"version_info\": \"v7\", \"type_url\": \"" + typeUrl + "\", \"resources\": [{\"@type\": \""
                + typeUrl + "\", " + resource.strip().substring(1) + "]}";
        Files.write(folder.resolve(type + ".pb"), EnvoyMessages.bytes(response, DiscoveryResponse.newBuilder()));
    }

    /** A listener for a port whose routes come from the table {@code 80}. */
    void writeListener(int port) throws IOException {
        write("Listener", "envoy.config.listener.v3.Listener", """
                {"name": "0.0.0.0_80", "traffic_direction": "OUTBOUND",
                 "address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}},
                 "filter_chains": [{"filters": [{"name": "envoy.filters.network.http_connection_manager", "typed_config": {
                   "@type": "type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager",
                   "stat_prefix": "out", "rds": {"route_config_name": "80", "config_source": %s},
                   "http_filters": [{"name": "envoy.filters.http.router", "typed_config": {
                     "@type": "type.googleapis.com/envoy.extensions.filters.http.router.v3.Router"}}]}}]}]}""".formatted(port, source("RouteConfiguration")));
    }

    String source(String type) {
        return "{\"path_config_source\": {\"path\": \"" + folder.resolve(type + ".pb")
                + "\"}, \"resource_api_version\": \"V3\"}";
    }

    EnvoyProcess startEnvoy() {
        return EnvoyProcess.start("""
                node: {id: a, cluster: b}
                dynamic_resources:
                  cds_config: %s
                  lds_config: %s
                """.formatted(source("Cluster"), source("Listener")));
    }
}

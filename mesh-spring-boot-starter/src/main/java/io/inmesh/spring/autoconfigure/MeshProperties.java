package io.inmesh.spring.autoconfigure;

import io.inmesh.client.telemetry.AccessLogFormat;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the application takes part in the mesh. Immutable.
 *
 * @param enabled Whether the application takes part in the mesh.
 * @param files Folder of serialised xDS responses to use instead of a control service.
 * @param trustDomain Trust domain of the mesh.
 * @param startupTimeout How long the start waits for the first configuration before it goes on without being ready.
 * @param shutdownDelay How long the application goes on serving after it has said that it is not ready.
 * @param stateDir Folder for the private key, the certificates and the last good configuration.
 * @param control Control service.
 * @param workload Who this application is.
 * @param inbound Requests to this application.
 * @param probe Plaintext port for health probes and metrics.
 * @param admin Port for operators on this machine.
 * @param accessLog A line for every call.
 * @param clients Policies of HTTP clients by the name of their HTTP interface group, interface or bean, such as
 *     mesh.clients.reviews.timeout=2s. An operator's resources come before them, annotations after.
 * @param faults Faults that the application injects into its own calls.
 * @param retrySafety Whether retries have a budget where the operator has set none, and idempotent methods are repeated after a broken
 *     connection.
 * @param deadlines Whether what is left of an inbound request's time bounds the calls made for it.
 */
@ConfigurationProperties("mesh")
public record MeshProperties(
        @DefaultValue("true") boolean enabled,
        @Nullable Path files,
        @DefaultValue("cluster.local") String trustDomain,
        @DefaultValue("10s") Duration startupTimeout,
        @DefaultValue("0s") Duration shutdownDelay,
        @Nullable Path stateDir,
        @DefaultValue Control control,
        @DefaultValue Workload workload,
        @DefaultValue Inbound inbound,
        @DefaultValue Probe probe,
        @DefaultValue Admin admin,
        @DefaultValue AccessLog accessLog,
        @DefaultValue Map<String, Map<String, String>> clients,
        @DefaultValue Faults faults,
        @DefaultValue("true") boolean retrySafety,
        @DefaultValue("true") boolean deadlines) {

    public MeshProperties {
        clients = Map.copyOf(clients);
    }

    /**
     * Faults that the application injects into its own calls.
     *
     * @param enabled Whether annotations and properties may inject faults, which is for tests only.
     */
    public record Faults(@DefaultValue("false") boolean enabled) {}

    /**
     * Where configuration and certificates come from.
     *
     * @param address Host and port of the control service.
     * @param plaintext Whether to connect without TLS, which is for development only.
     * @param rootCert PEM file with the roots that vouch for the control service.
     * @param tokenFile File with the token that proves who this workload is.
     * @param serverName Name in the certificate of the control service, when it is not the host of its address.
     */
    public record Control(
            @Nullable String address,
            @DefaultValue("false") boolean plaintext,
            @Nullable Path rootCert,
            @Nullable Path tokenFile,
            @Nullable String serverName) {}

    /**
     * Who this application is to the control service.
     *
     * @param name Name of this workload, unique in its namespace.
     * @param namespace Namespace of this workload.
     * @param serviceAccount Service account that the identity is made of.
     * @param group WorkloadGroup to register with.
     * @param address Address at which peers reach this workload.
     * @param labels Labels that policies and subsets select by.
     * @param ports Ports by the name of the service's port, when they are not the server's own.
     */
    public record Workload(
            @Nullable String name,
            @DefaultValue("default") String namespace,
            @DefaultValue("default") String serviceAccount,
            @Nullable String group,
            @Nullable InetAddress address,
            @DefaultValue Map<String, String> labels,
            @DefaultValue Map<String, Integer> ports) {

        public Workload {
            labels = Map.copyOf(labels);
            ports = Map.copyOf(ports);
        }
    }

    /**
     * Requests to this application.
     *
     * @param enabled Whether the mesh protects the application's port.
     */
    public record Inbound(@DefaultValue("true") boolean enabled) {}

    /**
     * A plaintext port for those who have no identity in the mesh.
     *
     * @param enabled Whether to open the port.
     * @param port Port number. Zero takes a free one.
     * @param address Address to listen at.
     */
    public record Probe(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("15021") int port,
            @Nullable InetAddress address) {}

    /**
     * A port on the loopback interface that answers as the admin endpoint of Envoy does.
     *
     * @param port Port number. Zero takes a free one. There is no admin endpoint without.
     */
    public record Admin(@Nullable Integer port) {}

    /**
     * A line for every call that goes out or comes in, as the proxies of Istio write it.
     *
     * @param enabled Whether to write it.
     * @param format Istio's default text, or JSON with the same fields.
     * @param file File to write to the end of. Standard output without.
     */
    public record AccessLog(
            @DefaultValue("false") boolean enabled,
            @DefaultValue("text") AccessLogFormat format,
            @Nullable Path file) {}
}

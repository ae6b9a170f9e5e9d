package io.inmesh.benchmarks.endtoend;

import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PkixTrust;
import io.inmesh.api.identity.SvidVerifier;
import io.inmesh.api.identity.WorkloadIdentity;
import io.inmesh.client.Mesh;
import io.inmesh.testkit.TestTls;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;

/**
 * The calling process: a client of OkHttp for each way. A line of its input is {@code way url rate seconds connections}, rate 0 for as many as
 * go; it answers with a {@link Load.Result}.
 */
final class Caller {

    private Caller() {}

    /** Arguments: a {@link Membership} and a folder as {@link Called}'s. */
    public static void main(String[] args) throws Exception {
        Rig.quiet();
        Mesh mesh = Membership.parse(args).join();
        WorkloadIdentity identity = identity(Path.of(args[args.length - 1]));
        OkHttpClient bare = new OkHttpClient.Builder()
                .connectionPool(new ConnectionPool(64, 10, TimeUnit.MINUTES))
                .dns(host -> List.of(InetAddress.getLoopbackAddress()))
                .build();
        OkHttpClient tls = bare.newBuilder()
                .connectionPool(new ConnectionPool(64, 10, TimeUnit.MINUTES))
                .sslSocketFactory(TestTls.of(identity).getSocketFactory(), PkixTrust.of(identity.trustBundle()))
                .hostnameVerifier((host, session) -> true)
                .build();
        OkHttpClient meshed = mesh.okHttp(bare.newBuilder().build());
        System.out.println("ready");
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String[] command = line.split(" ", -1);
                OkHttpClient client =
                        switch (Way.valueOf(command[0])) {
                            case MESH_MUTUAL, MESH_OPEN -> meshed;
                            case TLS -> tls;
                            case BARE, ENVOY_PAIR -> bare;
                        };
                System.out.println(Load.parse(Arrays.copyOfRange(command, 1, command.length))
                        .run(client)
                        .line());
            }
        }
        System.exit(0);
    }

    private static WorkloadIdentity identity(Path folder) throws IOException, GeneralSecurityException {
        List<X509Certificate> chain = Pem.readCertificates(Files.readString(folder.resolve("cert-chain.pem")));
        return new WorkloadIdentity(
                SvidVerifier.idOf(chain.get(0)),
                Pem.readPrivateKey(Files.readString(folder.resolve("key.pem"))),
                chain,
                Set.copyOf(Pem.readCertificates(Files.readString(folder.resolve("root-cert.pem")))));
    }
}

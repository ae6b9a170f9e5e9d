package io.inmesh.spring.functional;

import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.springframework.web.client.RestClient;

/** An application that uses a protobuf of its own and, in the same JVM, calls another one through the mesh. */
final class CallBesideProtobuf {

    private static final int TRIES = 200;

    private CallBesideProtobuf() {}

    public static void main(String[] arguments) throws Exception {
        useProtobuf();
        try (EmbeddedMesh mesh = new EmbeddedMesh(Path.of(arguments[0]), "")) {
            mesh.start(TwoApplications.Callee.class, "callee", freePort(), "--mesh.workload.group=callee");
            RestClient client =
                    mesh.start(TwoApplications.Caller.class, "caller", 0).getBean("built", RestClient.class);
            System.out.println("mesh says " + whoami(client));
        }
        System.exit(0);
    }

    /** By reflection: which version is there is decided by the class path, not by the compiler. */
    private static void useProtobuf() throws ReflectiveOperationException {
        Class<?> bytes = Class.forName("com.google.protobuf.ByteString");
        Method copy = bytes.getMethod("copyFrom", byte[].class);
        Object copied = copy.invoke(null, (Object) "abc".getBytes(StandardCharsets.UTF_8));
        System.out.println("application's protobuf says "
                + bytes.getMethod("toStringUtf8").invoke(copied) + " from "
                + bytes.getProtectionDomain().getCodeSource().getLocation());
    }

    /** The called side registers itself; until the caller has heard of it there is no healthy upstream. */
    private static String whoami(RestClient client) throws InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            String answer = client.get()
                    .uri("http://callee/whoami")
                    .exchange((request, response) -> response.getStatusCode().is2xxSuccessful()
                            ? new String(response.getBody().readAllBytes(), StandardCharsets.UTF_8)
                            : "");
            if (!answer.isEmpty()) {
                return answer;
            }
            Thread.sleep(50);
        }
        return "nothing";
    }

    private static int freePort() throws java.io.IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}

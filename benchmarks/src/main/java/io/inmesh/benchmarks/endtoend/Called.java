package io.inmesh.benchmarks.endtoend;

import io.inmesh.client.Mesh;
import io.inmesh.client.adapter.tomcat.MeshTomcat;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.catalina.Context;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.net.SSLHostConfig;
import org.apache.tomcat.util.net.SSLHostConfigCertificate;

/** The called process: one Tomcat that answers 1 KB on each of its ports. Says {@code ready}, and ends when its input does. */
final class Called {

    private static final byte[] BODY = "x".repeat(1024).getBytes(StandardCharsets.US_ASCII);

    private Called() {}

    /** Arguments: a {@link Membership}, the {@link Ports}, and a folder with {@code cert-chain.pem}, {@code key.pem}, {@code root-cert.pem}. */
    public static void main(String[] args) throws Exception {
        Rig.quiet();
        Membership membership = Membership.parse(args);
        Ports ports = Ports.parse(Arrays.copyOfRange(args, 5, args.length));
        Path certificates = Path.of(args[args.length - 1]);
        Mesh mesh = membership.join();
        Tomcat tomcat = new Tomcat();
        Path base = Files.createTempDirectory("inmesh-called");
        tomcat.setBaseDir(base.toString());
        tomcat.setConnector(own(MeshTomcat.connector(ports.mutual(), mesh.inbound())));
        tomcat.getService().addConnector(own(MeshTomcat.connector(ports.open(), mesh.inbound())));
        tomcat.getService().addConnector(own(plain(ports.plain())));
        tomcat.getService().addConnector(own(tls(ports.tls(), certificates)));
        Context context = tomcat.addContext("", base.toString());
        Tomcat.addServlet(context, "answer", new Answer()).addMapping("/*");
        tomcat.start();
        System.out.println("ready");
        System.in.transferTo(OutputStream.nullOutputStream());
        tomcat.stop();
        mesh.close();
        System.exit(0);
    }

    private static Connector own(Connector connector) {
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setProperty("keepAliveTimeout", "600000");
        return connector;
    }

    private static Connector plain(int port) {
        Connector connector = new Connector();
        connector.setPort(port);
        return connector;
    }

    /** TLS as Tomcat has it without us; the caller shows no certificate, which only its one handshake would notice. */
    private static Connector tls(int port, Path certificates) {
        Connector connector = plain(port);
        connector.setSecure(true);
        connector.setScheme("https");
        connector.setProperty("SSLEnabled", "true");
        SSLHostConfig host = new SSLHostConfig();
        SSLHostConfigCertificate certificate = new SSLHostConfigCertificate(host, SSLHostConfigCertificate.Type.EC);
        certificate.setCertificateFile(certificates.resolve("cert-chain.pem").toString());
        certificate.setCertificateKeyFile(certificates.resolve("key.pem").toString());
        host.addCertificate(certificate);
        connector.addSslHostConfig(host);
        return connector;
    }

    private static final class Answer extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            response.setContentType("text/plain");
            response.setContentLength(BODY.length);
            response.getOutputStream().write(BODY);
        }
    }
}

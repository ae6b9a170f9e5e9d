package io.inmesh.samples.demo;

import io.inmesh.agent.MeshAgent;
import io.inmesh.agent.connect.ControlAddress;
import io.inmesh.api.identity.Pem;
import io.inmesh.api.identity.PrivateDirectory;
import io.inmesh.api.identity.WorkloadIdentity;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The operator's certificate, got from the mesh's CA like everybody's, and kept as files for curl and openssl. */
final class OperatorIdentity implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 30;

    private final MeshAgent agent;
    private final PrivateDirectory files;
    private final WorkloadIdentity current;

    private OperatorIdentity(MeshAgent agent, PrivateDirectory files, WorkloadIdentity current) throws IOException {
        this.agent = agent;
        this.files = files;
        this.current = current;
        files.write("key.pem", Pem.bytes(Pem.privateKey(current.key())));
        files.write("cert.pem", Pem.bytes(Pem.certificates(current.chain())));
        files.write("root.pem", Pem.bytes(Pem.certificates(current.trustBundle())));
    }

    static OperatorIdentity obtain(ControlProcess control, Path folder) throws IOException, InterruptedException {
        PrivateDirectory files = PrivateDirectory.open(folder);
        MeshAgent agent = MeshAgent.builder()
                .controlService(ControlAddress.secure("127.0.0.1", control.port(), control.root()))
                .workload("bookshop", "operator")
                .tokenFile(control.token("operator"))
                .stateDirectory(folder.resolve("state"))
                .build();
        try {
            CompletableFuture<WorkloadIdentity> first = new CompletableFuture<>();
            agent.identitySource().start(first::complete);
            return new OperatorIdentity(agent, files, first.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
        } catch (ExecutionException | TimeoutException e) {
            agent.close();
            throw new IOException("the operator got no certificate", e);
        }
    }

    WorkloadIdentity current() {
        return current;
    }

    Path file(String name) {
        return files.resolve(name);
    }

    @Override
    public void close() {
        agent.close();
    }
}

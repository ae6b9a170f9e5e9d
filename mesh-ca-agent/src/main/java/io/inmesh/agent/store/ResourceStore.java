package io.inmesh.agent.store;

import io.inmesh.api.identity.PrivateDirectory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keeps the last good resources as serialised DiscoveryResponses, one for each type, in one sealed file: after a crash all types are
 * of the same moment. They belong to one workload; another that is started on the same folder does not get them. Thread-safe.
 */
public final class ResourceStore {

    private static final String FILE = "resources";
    private static final int LIMIT = 256 * 1024 * 1024;

    private final PrivateDirectory directory;
    private final String owner;

    /**
     * @param owner names the workload that the resources were made for
     */
    public ResourceStore(PrivateDirectory directory, String owner) {
        this.directory = directory;
        this.owner = owner;
    }

    public void save(List<byte[]> responses) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeUTF(owner);
        out.writeInt(responses.size());
        for (byte[] response : responses) {
            out.writeInt(response.length);
            out.write(response);
        }
        directory.write(FILE, Sealed.seal(bytes.toByteArray()));
    }

    /** The responses saved last; empty if there are none, they are another workload's, or the file is damaged. */
    public List<byte[]> load() throws IOException {
        Optional<byte[]> content = directory.read(FILE, LIMIT).flatMap(Sealed::open);
        if (content.isEmpty()) {
            return List.of();
        }
        try {
            return responses(new DataInputStream(new ByteArrayInputStream(content.get())));
        } catch (IOException | IllegalArgumentException e) {
            // A whole file that another version wrote; it is as good as none.
            return List.of();
        }
    }

    private List<byte[]> responses(DataInputStream in) throws IOException {
        List<byte[]> responses = new ArrayList<>();
        if (in.readUTF().equals(owner)) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                int length = in.readInt();
                byte[] response = in.readNBytes(length);
                if (response.length < length) {
                    throw new EOFException();
                }
                responses.add(response);
            }
        }
        return responses;
    }
}

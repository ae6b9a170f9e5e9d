package io.inmesh.api.error;

/** No complete configuration arrived within the bounded wait, so the mesh cannot know where the call may go. */
public final class MeshNotReadyException extends MeshException {

    private static final long serialVersionUID = 1L;

    public MeshNotReadyException(String message) {
        super(null, message, null);
    }
}

package io.inmesh.test;

/** Where assertions on a mesh begin. */
public final class MeshAssertions {

    private MeshAssertions() {}

    public static MeshAssert assertThat(MeshDecisions mesh) {
        return new MeshAssert(mesh);
    }
}

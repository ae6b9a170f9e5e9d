package io.inmesh.xds.wire;

/** An enum's constant, named as in its {@code .proto} file. */
public interface WireEnum {

    /** The constant's number on the wire. */
    int number();

    /** The constant's name, in JSON and in the {@code .proto} file. */
    String name();
}

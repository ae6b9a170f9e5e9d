package io.inmesh.xds.wire;

/** The kinds of values that protobuf has and we need, with their encoding and their zero. */
enum Kind {
    BOOL(WireReader.VARINT),
    INT32(WireReader.VARINT),
    UINT32(WireReader.VARINT),
    INT64(WireReader.VARINT),
    UINT64(WireReader.VARINT),
    DOUBLE(WireReader.FIXED64),
    STRING(WireReader.DELIMITED),
    BYTES(WireReader.DELIMITED),
    ENUM(WireReader.VARINT),
    MESSAGE(WireReader.DELIMITED);

    private final int wireType;

    Kind(int wireType) {
        this.wireType = wireType;
    }

    int wireType() {
        return wireType;
    }

    /** Whether lists of it may be packed into one length-delimited value. */
    boolean packable() {
        return wireType != WireReader.DELIMITED;
    }

    /** A scalar's value; an enum's number. {@link MessageBuilder} reads messages. */
    Object read(WireReader in) throws MalformedMessageException {
        return switch (this) {
            case BOOL -> in.varint() != 0;
            case INT32, ENUM -> (int) in.varint();
            case UINT32 -> in.varint() & 0xffff_ffffL;
            case INT64, UINT64 -> in.varint();
            case DOUBLE -> Double.longBitsToDouble(in.fixed64());
            case STRING -> in.string();
            case BYTES -> in.delimited();
            case MESSAGE -> throw new IllegalStateException("A message is no scalar");
        };
    }

    void write(WireWriter out, Object value) {
        switch (this) {
            case BOOL -> out.varint((Boolean) value ? 1 : 0);
            case INT32 -> out.varint((Integer) value);
            case UINT32 -> out.varint((Long) value & 0xffff_ffffL);
            case INT64, UINT64 -> out.varint((Long) value);
            case DOUBLE -> out.fixed64(Double.doubleToRawLongBits((Double) value));
            case STRING -> out.string((String) value);
            case BYTES -> out.delimited((Bytes) value);
            case ENUM -> out.varint(((WireEnum) value).number());
            case MESSAGE -> {
                int before = out.length();
                ((Message) value).writeTo(out);
                out.varint(out.length() - before);
            }
        }
    }

    /** A scalar's value where none is there. {@link FieldType} knows that of enums and messages. */
    Object zero() {
        return switch (this) {
            case BOOL -> false;
            case INT32 -> 0;
            case UINT32, INT64, UINT64 -> 0L;
            case DOUBLE -> 0.0;
            case STRING -> "";
            case BYTES -> Bytes.EMPTY;
            case ENUM, MESSAGE -> throw new IllegalStateException("Only the field's type knows");
        };
    }
}

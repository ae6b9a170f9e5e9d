package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.DOUBLE;
import static io.inmesh.xds.wire.FieldType.INT32;
import static io.inmesh.xds.wire.FieldType.INT64;
import static io.inmesh.xds.wire.FieldType.UINT32;
import static io.inmesh.xds.wire.FieldType.enumeration;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.MessageType;
import io.inmesh.xds.wire.WireEnum;

/** {@code envoy/type/v3}: shares and ranges. */
public final class Percents {

    private Percents() {}

    /** {@code envoy.type.v3.Percent}. */
    public static final class Percent {
        private static final Declaration D = Declaration.of("envoy.type.v3.Percent");
        public static final Field<Double> VALUE = D.field(1, "value", DOUBLE);
        public static final MessageType TYPE = D.type();

        private Percent() {}
    }

    /** {@code envoy.type.v3.FractionalPercent}. */
    public static final class FractionalPercent {
        private static final Declaration D = Declaration.of("envoy.type.v3.FractionalPercent");
        public static final Field<Long> NUMERATOR = D.field(1, "numerator", UINT32);
        public static final Field<DenominatorType> DENOMINATOR =
                D.field(2, "denominator", enumeration(DenominatorType.class));
        public static final MessageType TYPE = D.type();

        private FractionalPercent() {}
    }

    /** {@code envoy.type.v3.Int32Range}. */
    public static final class Int32Range {
        private static final Declaration D = Declaration.of("envoy.type.v3.Int32Range");
        public static final Field<Integer> START = D.field(1, "start", INT32);
        public static final Field<Integer> END = D.field(2, "end", INT32);
        public static final MessageType TYPE = D.type();

        private Int32Range() {}
    }

    /** {@code envoy.type.v3.Int64Range}. */
    public static final class Int64Range {
        private static final Declaration D = Declaration.of("envoy.type.v3.Int64Range");
        public static final Field<Long> START = D.field(1, "start", INT64);
        public static final Field<Long> END = D.field(2, "end", INT64);
        public static final MessageType TYPE = D.type();

        private Int64Range() {}
    }

    /** {@code envoy.type.v3.DoubleRange}. */
    public static final class DoubleRange {
        private static final Declaration D = Declaration.of("envoy.type.v3.DoubleRange");
        public static final Field<Double> START = D.field(1, "start", DOUBLE);
        public static final Field<Double> END = D.field(2, "end", DOUBLE);
        public static final MessageType TYPE = D.type();

        private DoubleRange() {}
    }

    /** {@code envoy.type.v3.FractionalPercent.DenominatorType}. */
    public enum DenominatorType implements WireEnum {
        HUNDRED(0),
        TEN_THOUSAND(1),
        MILLION(2);

        private final int number;

        DenominatorType(int number) {
            this.number = number;
        }

        @Override
        public int number() {
            return number;
        }
    }
}

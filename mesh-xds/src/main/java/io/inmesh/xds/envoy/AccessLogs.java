package io.inmesh.xds.envoy;

import static io.inmesh.xds.wire.FieldType.BOOL;
import static io.inmesh.xds.wire.FieldType.STRING;
import static io.inmesh.xds.wire.FieldType.message;
import static io.inmesh.xds.wire.WellKnown.ANY;
import static io.inmesh.xds.wire.WellKnown.STRUCT;

import io.inmesh.xds.wire.Declaration;
import io.inmesh.xds.wire.Field;
import io.inmesh.xds.wire.Message;
import io.inmesh.xds.wire.MessageType;

/** {@code envoy/config/accesslog/v3} and {@code envoy/extensions/access_loggers/file/v3}: a line for each request, in a file. */
public final class AccessLogs {

    private AccessLogs() {}

    /** {@code envoy.config.accesslog.v3.AccessLog}. */
    public static final class AccessLog {
        private static final Declaration D = Declaration.of("envoy.config.accesslog.v3.AccessLog");
        public static final Field<String> NAME = D.field(1, "name", STRING);
        public static final Field<Message> TYPED_CONFIG = D.oneof("config_type", 4, "typed_config", ANY);
        public static final MessageType TYPE = D.others("filter=2").type();

        private AccessLog() {}
    }

    /** {@code envoy.extensions.access_loggers.file.v3.FileAccessLog}. */
    public static final class FileAccessLog {
        private static final Declaration D = Declaration.of("envoy.extensions.access_loggers.file.v3.FileAccessLog");
        public static final Field<String> PATH = D.field(1, "path", STRING);
        public static final Field<Message> LOG_FORMAT =
                D.oneof("access_log_format", 5, "log_format", message(() -> SubstitutionFormatString.TYPE));
        public static final MessageType TYPE =
                D.others("format=2 json_format=3 typed_json_format=4").type();

        private FileAccessLog() {}
    }

    /** {@code envoy.config.core.v3.SubstitutionFormatString}. */
    public static final class SubstitutionFormatString {
        private static final Declaration D = Declaration.of("envoy.config.core.v3.SubstitutionFormatString");
        public static final Field<Message> JSON_FORMAT = D.oneof("format", 2, "json_format", STRUCT);
        public static final Field<Message> TEXT_FORMAT_SOURCE =
                D.oneof("format", 5, "text_format_source", message(() -> CoreBase.DataSource.TYPE));
        public static final Field<Boolean> OMIT_EMPTY_VALUES = D.field(3, "omit_empty_values", BOOL);
        public static final MessageType TYPE = D.others(
                        "text_format=1 content_type=4 formatters=6 json_format_options=7")
                .type();

        private SubstitutionFormatString() {}
    }
}

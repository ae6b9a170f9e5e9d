package io.inmesh.cli;

import io.inmesh.xds.wire.JsonText;
import java.util.List;
import java.util.stream.Collectors;

/** How messages are written. */
enum MessageFormat {
    LOG {
        @Override
        String write(List<MessageText> messages) {
            return messages.stream()
                    .map(message -> message.log() + System.lineSeparator())
                    .collect(Collectors.joining());
        }
    },
    JSON {
        @Override
        String write(List<MessageText> messages) {
            JsonText json = JsonText.indented(2);
            json.beginArray();
            for (MessageText message : messages) {
                json.element();
                json.beginObject();
                json.member("code", message.code());
                json.member("documentationUrl", message.documentationUrl());
                json.member("level", message.level().shown());
                json.member("message", message.message());
                json.member("origin", message.origin());
                json.member("reference", message.reference());
                json.endObject();
            }
            json.endArray();
            return json + System.lineSeparator();
        }
    },
    YAML {
        /** JSON texts are YAML texts: so nothing can be written that would be read as something else. */
        @Override
        String write(List<MessageText> messages) {
            if (messages.isEmpty()) {
                return "[]" + System.lineSeparator();
            }
            StringBuilder yaml = new StringBuilder();
            for (MessageText message : messages) {
                yaml.append("- code: ").append(message.code()).append('\n');
                line(yaml, "documentationUrl", message.documentationUrl());
                line(yaml, "level", message.level().shown());
                line(yaml, "message", message.message());
                line(yaml, "origin", message.origin());
                line(yaml, "reference", message.reference());
            }
            return yaml.toString();
        }
    };

    /** All messages, in their order, with the end of the last line. */
    abstract String write(List<MessageText> messages);

    private static void line(StringBuilder yaml, String name, String value) {
        JsonText quoted = JsonText.compact();
        quoted.string(value);
        yaml.append("  ").append(name).append(": ").append(quoted).append('\n');
    }
}

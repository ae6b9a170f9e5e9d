package io.inmesh.cli;

import io.inmesh.control.analysis.analyzer.Message;
import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.analysis.message.Level;
import io.inmesh.control.config.Problem;
import java.util.ArrayList;
import java.util.List;

/**
 * A message as istioctl shows it.
 *
 * @param origin kind, namespace and name; empty where a file is meant
 * @param reference file and line
 */
record MessageText(String code, Level level, String origin, String reference, String message, String documentationUrl) {

    static MessageText of(Message message) {
        Code code = message.code();
        return new MessageText(
                code.number(),
                code.level(),
                message.resource(),
                message.origin().toString(),
                message.text(),
                code.documentation());
    }

    MessageText at(Level other) {
        return new MessageText(code, other, origin, reference, message, documentationUrl);
    }

    /** What cannot be read comes first: nothing is known of what stands there. */
    static List<MessageText> withUnreadable(List<MessageText> messages, List<Problem> unreadable) {
        List<MessageText> all = new ArrayList<>();
        Code code = Code.SCHEMA_VALIDATION_ERROR;
        for (Problem problem : unreadable) {
            all.add(new MessageText(
                    code.number(),
                    Level.ERROR,
                    "",
                    problem.origin().toString(),
                    "Schema validation error: " + problem.reason(),
                    code.documentation()));
        }
        all.addAll(messages);
        return all;
    }

    /** One line: level, code, resource and place, and what is wrong. */
    String log() {
        String place = origin.isEmpty() ? reference : reference.startsWith(":") ? origin : origin + " " + reference;
        return level.shown() + " [" + code + "] (" + place + ") " + message;
    }
}

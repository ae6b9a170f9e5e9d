package io.inmesh.conformance.echo;

import io.inmesh.conformance.http.Header;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * How an upstream treats one request.
 *
 * @param delayMillis before anything else happens
 * @param hold the response waits until each call of the step has ended or waits like this, but for so many; negative: it does not wait
 * @param headers of the response
 */
public record Instruction(int status, long delayMillis, int hold, Ending ending, List<Header> headers, String body) {

    public static final Instruction OK = parse("");

    /** What ends the exchange. */
    public enum Ending {
        RESPONSE,
        /** The connection is closed without a response. */
        CLOSE,
        /** The connection is reset without a response. */
        RESET,
        /** HTTP/2: the stream is refused, and nothing was done about the request. */
        REFUSE,
        /** HTTP/2: the stream is given up. */
        CANCEL
    }

    /**
     * Words of a row file: {@code status 503}, {@code delay 300}, {@code hold 0}, {@code close}, {@code reset},
     * {@code refuse}, {@code cancel}, {@code header name=value},
     * {@code body text}; several after one another.
     */
    public static Instruction parse(String text) {
        int status = 200;
        long delay = 0;
        int hold = -1;
        Ending ending = Ending.RESPONSE;
        String body = "hello";
        List<Header> headers = new ArrayList<>();
        Iterator<String> words = List.of(text.strip().split("\\s+")).iterator();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "" -> {}
                case "status" -> status = Integer.parseInt(words.next());
                case "delay" -> delay = Long.parseLong(words.next());
                case "hold" -> hold = Integer.parseInt(words.next());
                case "close" -> ending = Ending.CLOSE;
                case "reset" -> ending = Ending.RESET;
                case "refuse" -> ending = Ending.REFUSE;
                case "cancel" -> ending = Ending.CANCEL;
                case "body" -> body = words.next();
                case "header" -> headers.add(header(words.next()));
                default -> throw new IllegalArgumentException("An upstream cannot '" + word + "' in: " + text);
            }
        }
        return new Instruction(status, delay, hold, ending, List.copyOf(headers), body);
    }

    private static Header header(String word) {
        int equals = word.indexOf('=');
        return new Header(word.substring(0, equals), word.substring(equals + 1));
    }
}

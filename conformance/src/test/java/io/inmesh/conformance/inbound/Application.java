package io.inmesh.conformance.inbound;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the application says of a request, in the same form on both sides. */
final class Application {

    private Application() {}

    /** The answer's body: {@code :path=} and one line for each header, its lines joined by a bar. */
    static String tell(String target, Map<String, List<String>> headers) {
        StringBuilder text = new StringBuilder("served\n:path=").append(target).append('\n');
        new TreeMap<>(headers).forEach((name, lines) -> text.append(name)
                .append('=')
                .append(String.join("|", lines))
                .append('\n'));
        return text.toString();
    }
}

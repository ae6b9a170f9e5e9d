package io.inmesh.client.admin;

import io.inmesh.api.error.ResponseFlag;
import io.inmesh.api.spi.AttemptReport;
import io.inmesh.api.spi.CallReport;
import io.inmesh.client.admin.RecentCalls.Call;
import io.inmesh.xds.wire.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code /mesh/attempts}: the last calls that went out, the latest first, each with its attempts. With {@code notable} only those that
 * went wrong or were repeated; {@code filter} is an expression that occurs in the authority.
 */
record AttemptsPage(RecentCalls recent) implements AdminPage {

    private static final int INDENT = 1;
    private static final int NANOS_PER_MICRO = 1_000;

    @Override
    public AdminAnswer answer(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        Predicate<String> wanted = query.occursIn("filter");
        List<Call> calls = recent.latest(query.has("notable")).stream()
                .filter(call -> wanted.test(call.authority()))
                .toList();
        return query.format("text", "json").equals("json")
                ? AdminAnswer.json(json(calls))
                : AdminAnswer.text(text(calls));
    }

    private static String text(List<Call> calls) {
        StringBuilder out = new StringBuilder();
        for (Call call : calls) {
            CallReport report = call.report();
            out.append(call.start()).append(' ').append(call.method()).append(' ');
            out.append(call.authority()).append(call.path()).append(' ').append(report.status());
            out.append(report.flags().isEmpty() ? "" : " " + flags(report))
                    .append(' ')
                    .append(report.details());
            out.append(" after ").append(report.duration().toMillis()).append(" ms\n");
            report.ledger().forEach(attempt -> out.append("  ").append(attempt).append('\n'));
        }
        return out.toString();
    }

    private static String flags(CallReport report) {
        return new TreeSet<>(report.flags()).stream().map(ResponseFlag::name).collect(Collectors.joining(","));
    }

    private static String json(List<Call> calls) {
        JsonText out = JsonText.indented(INDENT);
        out.beginObject();
        out.key("calls");
        out.beginArray();
        calls.forEach(call -> call(out, call));
        out.endArray();
        out.endObject();
        return out.toString();
    }

    private static void call(JsonText out, Call call) {
        CallReport report = call.report();
        out.element();
        out.beginObject();
        out.member("start_time", call.start().toString());
        out.member("method", call.method());
        out.member("authority", call.authority());
        out.member("path", call.path());
        out.member("route", report.route().route());
        out.member("status", report.status());
        out.member("response_flags", flags(report));
        out.member("response_code_details", report.details());
        out.member("duration_us", report.duration().toNanos() / NANOS_PER_MICRO);
        out.key("attempts");
        out.beginArray();
        report.ledger().forEach(attempt -> attempt(out, attempt));
        out.endArray();
        out.endObject();
    }

    private static void attempt(JsonText out, AttemptReport attempt) {
        out.element();
        out.beginObject();
        out.member("attempt", attempt.attempt());
        out.member("endpoint", attempt.address());
        out.member("cluster", attempt.cluster());
        out.member("subset", attempt.subset());
        out.member("status", attempt.status());
        ResponseFlag flag = attempt.flag();
        out.member("flag", flag == null ? "" : flag.name());
        out.member("cause", attempt.cause());
        out.member("retried", attempt.retried());
        out.member("duration_us", attempt.duration().toNanos() / NANOS_PER_MICRO);
        phase(out, "queue_us", attempt.phases().queue());
        phase(out, "connect_us", attempt.phases().connect());
        phase(out, "tls_us", attempt.phases().tls());
        phase(out, "first_byte_us", attempt.phases().firstByte());
        out.endObject();
    }

    private static void phase(JsonText out, String name, @Nullable Duration duration) {
        if (duration != null) {
            out.member(name, duration.toNanos() / NANOS_PER_MICRO);
        }
    }
}

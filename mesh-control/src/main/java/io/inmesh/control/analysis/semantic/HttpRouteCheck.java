package io.inmesh.control.analysis.semantic;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One HTTP route: what it may not have together, and its numbers, names and expressions. Stateless. */
final class HttpRouteCheck {

    private static final int LONGEST_REGEX = 1024;
    private static final Set<String> GRPC_STATUSES = Set.of(
            "OK",
            "CANCELLED",
            "UNKNOWN",
            "INVALID_ARGUMENT",
            "DEADLINE_EXCEEDED",
            "NOT_FOUND",
            "ALREADY_EXISTS",
            "PERMISSION_DENIED",
            "RESOURCE_EXHAUSTED",
            "FAILED_PRECONDITION",
            "ABORTED",
            "OUT_OF_RANGE",
            "UNIMPLEMENTED",
            "INTERNAL",
            "UNAVAILABLE",
            "DATA_LOSS",
            "UNAUTHENTICATED");

    private HttpRouteCheck() {}

    static void check(Spot route, boolean delegate) {
        together(route, delegate);
        route.objects("match").forEach(HttpRouteCheck::match);
        headers(route.object("headers"));
        faults(route.object("fault"));
        CommonChecks.percentage(route.object("mirrorPercentage"));
        CommonChecks.percent(route, "mirrorPercent");
        if (route.has("mirror")) {
            destination(route.object("mirror"));
        }
        for (Spot mirror : route.objects("mirrors")) {
            destination(mirror.object("destination"));
            CommonChecks.percentage(mirror.object("percentage"));
        }
        answers(route);
        retries(route.object("retries"));
        for (Spot origin : route.object("corsPolicy").objects("allowOrigins")) {
            regex(origin);
        }
        weights(route);
        for (Spot target : route.objects("route")) {
            destination(target.object("destination"));
            headers(target.object("headers"));
        }
    }

    private static void together(Spot route, boolean delegate) {
        if (!delegate && route.has("delegate")) {
            route.refuseIf(route.has("redirect"), "redirect", "root HTTP route must not specify redirect");
            route.refuseIf(route.has("route"), "route", "root HTTP route must not specify route");
            return;
        }
        route.refuseIf(delegate && route.has("delegate"), "delegate", "delegate HTTP route cannot contain delegate");
        for (String answer : List.of("redirect", "directResponse")) {
            if (route.has(answer)) {
                for (String other : List.of("route", "fault", "rewrite")) {
                    route.refuseIf(
                            route.has(other), answer, "HTTP route cannot contain both " + other + " and " + answer);
                }
            }
        }
        route.refuseIf(
                route.has("redirect") && route.has("directResponse"),
                "redirect",
                "HTTP route cannot contain both redirect and directResponse");
        route.refuseIf(
                !route.hasAny("redirect", "directResponse")
                        && route.objects("route").isEmpty(),
                "route",
                "HTTP route, redirect or directResponse is required");
        route.refuseIf(
                route.has("mirror") && route.has("mirrors"),
                "mirror",
                "HTTP route cannot contain both mirror and mirrors");
    }

    private static void match(Spot match) {
        for (String field : List.of("uri", "scheme", "method", "authority")) {
            Spot text = match.object(field);
            if (match.has(field)) {
                text.refuseIf(
                        !text.hasAny("exact", "prefix", "regex"),
                        "",
                        "\"" + field + "\" must have exact, prefix or regex");
            }
            regex(text);
        }
        for (String field : List.of("headers", "withoutHeaders", "queryParams")) {
            match.values(field).forEach(HttpRouteCheck::regex);
            if (!field.equals("queryParams")) {
                match.value().object(field).entries().keySet().stream()
                        .filter(name -> !name.startsWith("@request.auth."))
                        .forEach(name -> CommonChecks.headerName(match, field, name));
            }
        }
        CommonChecks.port(match, "port");
        match.refuseIf(
                match.has("sourceNamespace") && !HostNames.isLabel(match.text("sourceNamespace")),
                "sourceNamespace",
                "sourceNamespace match " + match.text("sourceNamespace") + " is invalid");
        VirtualServiceCheck.gateways(match);
    }

    /** Without headers, {@code regex: "*"} is Istio's word for any. */
    private static void regex(Spot match) {
        regex(match, "regex").ifPresent(wrong -> match.refuse("regex", wrong));
    }

    private static Optional<String> regex(Spot spot, String field) {
        String regex = spot.text(field);
        if (regex.isEmpty() || regex.equals("*")) {
            return Optional.empty();
        }
        if (regex.length() > LONGEST_REGEX) {
            return Optional.of("regex is too large, max length allowed is " + LONGEST_REGEX);
        }
        try {
            Pattern.compile(regex);
            return Optional.empty();
        } catch (PatternSyntaxException invalid) {
            return Optional.of("is not a regular expression of RE2: " + invalid.getDescription());
        }
    }

    private static void headers(Spot headers) {
        for (String direction : List.of("request", "response")) {
            Spot changes = headers.object(direction);
            for (String field : List.of("set", "add")) {
                changes.value().textMap(field).keySet().forEach(name -> changed(changes, field, name, direction));
            }
            changes.value().texts("remove").forEach(name -> changed(changes, "remove", name, direction));
        }
    }

    private static void changed(Spot changes, String field, String name, String direction) {
        boolean authority = name.equalsIgnoreCase(":authority") || name.equalsIgnoreCase("host");
        if (authority && direction.equals("request") && !field.equals("remove")) {
            return;
        }
        changes.refuseIf(
                authority || name.startsWith(":"),
                field,
                "header \"" + name + "\" of the protocol itself cannot be changed");
        if (!authority && !name.startsWith(":")) {
            CommonChecks.headerName(changes, field, name);
        }
    }

    private static void faults(Spot fault) {
        Spot abort = fault.object("abort");
        Spot delay = fault.object("delay");
        fault.refuseIf(
                !fault.value().entries().isEmpty() && !fault.hasAny("abort", "delay"),
                "",
                "HTTP fault injection must have an abort and/or a delay");
        CommonChecks.percentage(abort.object("percentage"));
        CommonChecks.percentage(delay.object("percentage"));
        CommonChecks.percent(delay, "percent");
        if (abort.has("httpStatus")) {
            status(abort, "httpStatus", 200, 600);
        }
        String grpc = abort.text("grpcStatus");
        boolean known = grpc.isEmpty() || GRPC_STATUSES.contains(grpc) || grpc.matches("[0-9]|1[0-6]");
        abort.refuseIf(!known, "grpcStatus", "gRPC status \"" + grpc + "\" is not supported");
    }

    private static void status(Spot spot, String field, int from, int to) {
        long status = spot.value().integer(field, -1);
        spot.refuseIf(
                status < from || status > to,
                field,
                "HTTP status " + spot.text(field) + " is not in range [" + from + "..." + to + "]");
    }

    private static void answers(Spot route) {
        Spot redirect = route.object("redirect");
        if (route.has("redirect")) {
            redirect.refuseIf(
                    !redirect.hasAny("uri", "authority", "port", "derivePort", "scheme", "prefixRewrite"),
                    "",
                    "redirect must specify URI, authority, scheme, or port");
            redirect.refuseIf(
                    redirect.has("redirectCode")
                            && !Set.of("301", "302", "303", "307", "308").contains(redirect.text("redirectCode")),
                    "redirectCode",
                    redirect.text("redirectCode") + " is no status of a redirect");
        }
        if (route.has("directResponse")) {
            status(route.object("directResponse"), "status", 200, 599);
        }
        Spot rewrite = route.object("rewrite");
        Spot pattern = rewrite.object("uriRegexRewrite");
        if (route.has("rewrite")) {
            rewrite.refuseIf(
                    !rewrite.hasAny("uri", "authority", "uriRegexRewrite"),
                    "",
                    "rewrite must specify at least one of URI, authority, or uriRegexRewrite");
            rewrite.refuseIf(
                    rewrite.has("uri") && rewrite.has("uriRegexRewrite"),
                    "",
                    "rewrite may only contain one of URI or uriRegexRewrite");
            regex(pattern, "match").ifPresent(wrong -> pattern.refuse("match", wrong));
        }
    }

    private static void retries(Spot retries) {
        long attempts = retries.value().integer("attempts", 0);
        retries.refuseIf(attempts < 0, "attempts", "attempts cannot be negative");
        boolean more = retries.hasAny("perTryTimeout", "retryOn");
        if (retries.has("attempts") && attempts == 0 && more) {
            retries.refuse("attempts", "http retry policy configured when attempts are set to 0 (disabled)");
        }
    }

    static void weights(Spot route) {
        List<Spot> targets = route.objects("route");
        long sum = 0;
        for (Spot target : targets) {
            long weight = target.value().integer("weight", 0);
            target.refuseIf(weight < 0, "weight", "weight " + weight + " < 0");
            sum += weight;
        }
        route.refuseIf(
                targets.size() > 1 && sum == 0 && targets.stream().allMatch(target -> target.has("weight")),
                "route",
                "total destination weight = 0");
    }

    static void destination(Spot destination) {
        String host = destination.text("host");
        destination.refuseIf(host.equals("*"), "host", "invalid destination host " + host);
        if (!host.equals("*") && !Addresses.isAddress(host)) {
            HostNames.wildcard(host).ifPresent(wrong -> destination.refuse("host", wrong));
        }
        String subset = destination.text("subset");
        destination.refuseIf(
                !subset.isEmpty() && !HostNames.isLabel(subset), "subset", "subset name \"" + subset + "\" is invalid");
        CommonChecks.port(destination.object("port"), "number");
    }
}

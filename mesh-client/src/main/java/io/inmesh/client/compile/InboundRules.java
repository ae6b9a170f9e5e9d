package io.inmesh.client.compile;

import io.inmesh.client.authz.ForwardedFor;
import io.inmesh.client.authz.Rule;
import io.inmesh.client.match.Regex;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.rbac.MetadataMatch;
import io.inmesh.xds.model.rbac.Permission;
import io.inmesh.xds.model.rbac.Principal;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Compiles the permissions and principals of one policy; what it cannot becomes a rule that never helps the caller. */
final class InboundRules {

    /** Where Istio's own filters keep the peer's principal; we have it from the session. */
    private static final String PEER_PRINCIPAL = "io.istio.peer_principal";

    private final String path;
    private final List<String> unsupported;
    private final Layer layer;

    InboundRules(String path, List<String> unsupported, Layer layer) {
        this.path = path;
        this.unsupported = unsupported;
        this.layer = layer;
    }

    /**
     * What the rules are about.
     *
     * @param http false for connections, which have neither headers nor paths nor tokens: nothing there matches a rule about them
     * @param forwarded how the caller's address is found
     */
    record Layer(boolean http, ForwardedFor forwarded) {

        /** Connections. */
        static final Layer NETWORK = new Layer(false, new ForwardedFor(-1));
    }

    Rule unsupported(String field) {
        unsupported.add(path + "." + field);
        return Rule.unsupported();
    }

    Rule permission(Permission permission) {
        if (permission instanceof Permission.And and) {
            return Rule.and(and.rules().stream().map(this::permission).toList());
        } else if (permission instanceof Permission.Or or) {
            return Rule.or(or.rules().stream().map(this::permission).toList());
        } else if (permission instanceof Permission.Not not) {
            return Rule.not(permission(not.rule()));
        } else if (permission instanceof Permission.Any) {
            return Rule.ANY;
        } else if (permission instanceof Permission.RequestedServerName name) {
            return string(name.name(), "requested_server_name", Rule::serverName);
        } else if (permission instanceof Permission.Unsupported other) {
            return unsupported(other.field());
        }
        return ofRequest(permission);
    }

    private Rule ofRequest(Permission permission) {
        if (permission instanceof Permission.Header header) {
            return header(header.match());
        } else if (permission instanceof Permission.UrlPath url) {
            return urlPath(url.path());
        } else if (permission instanceof Permission.UriTemplate template) {
            return template(template.pathTemplate());
        } else if (permission instanceof Permission.Metadata metadata) {
            return metadata(metadata.match());
        }
        return destination(permission);
    }

    private Rule destination(Permission permission) {
        if (permission instanceof Permission.DestinationIp ip) {
            return Rule.destinationAddress(ip.range());
        } else if (permission instanceof Permission.DestinationPort port) {
            return Rule.destinationPort(port.port(), port.port() + 1);
        } else if (permission instanceof Permission.DestinationPortRange ports) {
            return Rule.destinationPort(ports.start(), ports.end());
        }
        return unsupported("rule");
    }

    Rule principal(Principal principal) {
        if (principal instanceof Principal.And and) {
            return Rule.and(and.ids().stream().map(this::principal).toList());
        } else if (principal instanceof Principal.Or or) {
            return Rule.or(or.ids().stream().map(this::principal).toList());
        } else if (principal instanceof Principal.Not not) {
            return Rule.not(principal(not.id()));
        } else if (principal instanceof Principal.Any) {
            return Rule.ANY;
        } else if (principal instanceof Principal.Authenticated authenticated) {
            StringMatch name = authenticated.name();
            return name == null ? Rule.authenticated() : string(name, "authenticated", Rule::authenticated);
        } else if (principal instanceof Principal.Header header) {
            return header(header.match());
        } else if (principal instanceof Principal.UrlPath url) {
            return urlPath(url.path());
        } else if (principal instanceof Principal.Metadata metadata) {
            return metadata(metadata.match());
        } else if (principal instanceof Principal.Unsupported other) {
            return unsupported(other.field());
        }
        return source(principal);
    }

    private Rule source(Principal principal) {
        if (principal instanceof Principal.SourceIp ip) {
            return Rule.directRemoteAddress(ip.range());
        } else if (principal instanceof Principal.DirectRemoteIp ip) {
            return Rule.directRemoteAddress(ip.range());
        } else if (principal instanceof Principal.RemoteIp ip) {
            return Rule.remoteAddress(ip.range(), layer.forwarded());
        } else if (principal instanceof Principal.FilterState state
                && state.key().equals(PEER_PRINCIPAL)) {
            return string(state.value(), "filter_state", Rule::authenticated);
        }
        return unsupported("filter_state");
    }

    private Rule urlPath(StringMatch path) {
        return layer.http() ? string(path, "url_path", Rule::urlPath) : Rule.NONE;
    }

    private Rule metadata(MetadataMatch match) {
        if (!layer.http()) {
            return match.invert() ? Rule.ANY : Rule.NONE;
        }
        return InboundValues.rule(match).orElseGet(() -> unsupported("metadata"));
    }

    private Rule header(HeaderMatch match) {
        if (!layer.http()) {
            return Rule.NONE;
        }
        HeaderMatch.Condition condition = match.condition();
        Rule present = Rule.headerPresent(match.name());
        if (condition instanceof HeaderMatch.Condition.Present wanted) {
            return wanted.present() != match.invert() ? present : Rule.not(present);
        }
        Rule rule;
        if (condition instanceof HeaderMatch.Condition.Value value) {
            rule = string(
                    value.match(),
                    "header",
                    predicate -> Rule.header(match.name(), predicate, match.treatMissingAsEmpty()));
        } else if (condition instanceof HeaderMatch.Condition.Range range) {
            rule = Rule.header(match.name(), value -> inRange(value, range), match.treatMissingAsEmpty());
        } else {
            return unsupported("header");
        }
        if (!match.invert()) {
            return rule;
        }
        // An absent header matches neither a condition nor its inversion.
        return match.treatMissingAsEmpty() ? Rule.not(rule) : Rule.and(List.of(present, Rule.not(rule)));
    }

    private static boolean inRange(String value, HeaderMatch.Condition.Range range) {
        try {
            long number = Long.parseLong(value);
            return number >= range.start() && number < range.end();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    private Rule string(StringMatch match, String field, Function<Predicate<String>, Rule> rule) {
        return InboundStrings.compile(match).map(rule).orElseGet(() -> unsupported(field));
    }

    private Rule template(String template) {
        if (!layer.http()) {
            return Rule.NONE;
        }
        try {
            Regex regex = InboundStrings.template(template);
            return Rule.urlPath(regex::matches);
        } catch (IllegalArgumentException e) {
            return unsupported("uri_template");
        }
    }
}

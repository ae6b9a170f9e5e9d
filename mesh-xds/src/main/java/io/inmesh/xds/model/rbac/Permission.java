package io.inmesh.xds.model.rbac;

import io.inmesh.xds.model.CidrRange;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import java.util.List;

/** What is asked for. */
public sealed interface Permission {

    /** All of them. */
    record And(List<Permission> rules) implements Permission {
        public And {
            rules = List.copyOf(rules);
        }
    }

    /** At least one of them. */
    record Or(List<Permission> rules) implements Permission {
        public Or {
            rules = List.copyOf(rules);
        }
    }

    /** The opposite. */
    record Not(Permission rule) implements Permission {}

    /** Everything. */
    record Any() implements Permission {}

    /** A request header; {@code :method} is the method, {@code :authority} the host. */
    record Header(HeaderMatch match) implements Permission {}

    /** The path without query, normalised as the connection manager says. */
    record UrlPath(StringMatch path) implements Permission {}

    /** Istio's path template: {@code *} or {@code {*}} is one segment, {@code **} any number. */
    record UriTemplate(String pathTemplate) implements Permission {}

    /** The address that the connection was made to. */
    record DestinationIp(CidrRange range) implements Permission {}

    /** The port that the connection was made to. */
    record DestinationPort(int port) implements Permission {}

    /** A range of such ports; the end is not part of it. */
    record DestinationPortRange(int start, int end) implements Permission {}

    /** The connection's SNI. */
    record RequestedServerName(StringMatch name) implements Permission {}

    /** What another filter found out, JWT claims above all. */
    record Metadata(MetadataMatch match) implements Permission {}

    /** A permission that Inmesh does not know. The rules that have it deny, unless they only log. */
    record Unsupported(String field) implements Permission {}
}

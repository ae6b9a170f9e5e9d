package io.inmesh.xds.model.rbac;

import io.inmesh.xds.model.CidrRange;
import io.inmesh.xds.model.HeaderMatch;
import io.inmesh.xds.model.StringMatch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who asks. */
public sealed interface Principal {

    /** All of them. */
    record And(List<Principal> ids) implements Principal {
        public And {
            ids = List.copyOf(ids);
        }
    }

    /** At least one of them. */
    record Or(List<Principal> ids) implements Principal {
        public Or {
            ids = List.copyOf(ids);
        }
    }

    /** The opposite. */
    record Not(Principal id) implements Principal {}

    /** Everybody. */
    record Any() implements Principal {}

    /**
     * The peer of a mutual TLS connection: any of its URI SANs or, if it has none, DNS SANs or, failing those, its
     * subject. A SPIFFE ID is matched with its scheme.
     *
     * @param name null for any authenticated peer
     */
    record Authenticated(@Nullable StringMatch name) implements Principal {}

    /** The connection's peer address, or what PROXY protocol says it is. */
    record SourceIp(CidrRange range) implements Principal {}

    /** The connection's peer address. */
    record DirectRemoteIp(CidrRange range) implements Principal {}

    /** The caller's address as {@code x-forwarded-for} tells it. */
    record RemoteIp(CidrRange range) implements Principal {}

    /** A request header. */
    record Header(HeaderMatch match) implements Principal {}

    /** The path without query. */
    record UrlPath(StringMatch path) implements Principal {}

    /** What another filter found out, JWT claims above all. */
    record Metadata(MetadataMatch match) implements Principal {}

    /** A string in the connection's filter state; Istio keeps the peer's principal in {@code io.istio.peer_principal}. */
    record FilterState(String key, StringMatch value) implements Principal {}

    /** A principal that Inmesh does not know. The rules that have it deny, unless they only log. */
    record Unsupported(String field) implements Principal {}
}

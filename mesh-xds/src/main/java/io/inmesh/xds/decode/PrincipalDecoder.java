package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.Matchers.FilterStateMatcher;
import io.inmesh.xds.envoy.Rbacs;
import io.inmesh.xds.envoy.Rbacs.Authenticated;
import io.inmesh.xds.envoy.Rbacs.PrincipalSet;
import io.inmesh.xds.model.StringMatch;
import io.inmesh.xds.model.rbac.Principal;

/** {@code Principal}. */
final class PrincipalDecoder {

    private PrincipalDecoder() {}

    static Principal decode(Fields fields) {
        if (fields.has(Rbacs.Principal.AND_IDS)) {
            return fields.nested(
                    Rbacs.Principal.AND_IDS,
                    set -> new Principal.And(set.each(PrincipalSet.IDS, PrincipalDecoder::decode)));
        } else if (fields.has(Rbacs.Principal.OR_IDS)) {
            return fields.nested(
                    Rbacs.Principal.OR_IDS,
                    set -> new Principal.Or(set.each(PrincipalSet.IDS, PrincipalDecoder::decode)));
        } else if (fields.has(Rbacs.Principal.NOT_ID)) {
            return new Principal.Not(fields.nested(Rbacs.Principal.NOT_ID, PrincipalDecoder::decode));
        } else if (fields.has(Rbacs.Principal.ANY)) {
            // Envoy asks for true and has no meaning for false.
            return fields.get(Rbacs.Principal.ANY) ? new Principal.Any() : new Principal.Unsupported("any");
        }
        return peer(fields);
    }

    private static Principal peer(Fields fields) {
        if (fields.has(Rbacs.Principal.AUTHENTICATED)) {
            return new Principal.Authenticated(fields.nested(
                    Rbacs.Principal.AUTHENTICATED,
                    peer -> peer.nestedOrNull(Authenticated.PRINCIPAL_NAME, MatcherDecoder::string)));
        } else if (fields.has(Rbacs.Principal.SOURCE_IP)) {
            return new Principal.SourceIp(fields.nested(Rbacs.Principal.SOURCE_IP, CommonDecoder::cidrRange));
        } else if (fields.has(Rbacs.Principal.DIRECT_REMOTE_IP)) {
            return new Principal.DirectRemoteIp(
                    fields.nested(Rbacs.Principal.DIRECT_REMOTE_IP, CommonDecoder::cidrRange));
        } else if (fields.has(Rbacs.Principal.REMOTE_IP)) {
            return new Principal.RemoteIp(fields.nested(Rbacs.Principal.REMOTE_IP, CommonDecoder::cidrRange));
        }
        return condition(fields);
    }

    private static Principal condition(Fields fields) {
        if (fields.has(Rbacs.Principal.HEADER)) {
            return new Principal.Header(fields.nested(Rbacs.Principal.HEADER, MatcherDecoder::header));
        } else if (fields.has(Rbacs.Principal.URL_PATH)) {
            return new Principal.UrlPath(fields.nested(Rbacs.Principal.URL_PATH, MatcherDecoder::path));
        } else if (fields.has(Rbacs.Principal.METADATA)) {
            return new Principal.Metadata(fields.nested(Rbacs.Principal.METADATA, MetadataMatchDecoder::decode));
        } else if (fields.has(Rbacs.Principal.FILTER_STATE)) {
            return fields.nested(Rbacs.Principal.FILTER_STATE, PrincipalDecoder::filterState);
        }
        fields.unsupported("identifier");
        return new Principal.Unsupported("identifier");
    }

    private static Principal filterState(Fields fields) {
        StringMatch value = fields.has(FilterStateMatcher.STRING_MATCH)
                ? fields.nested(FilterStateMatcher.STRING_MATCH, MatcherDecoder::string)
                : new StringMatch.Unsupported("matcher");
        return new Principal.FilterState(fields.get(FilterStateMatcher.KEY), value);
    }
}

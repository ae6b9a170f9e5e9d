package io.inmesh.xds.decode;

import io.inmesh.xds.envoy.CoreBase.TypedExtensionConfig;
import io.inmesh.xds.envoy.Percents.Int32Range;
import io.inmesh.xds.envoy.Rbacs;
import io.inmesh.xds.envoy.Rbacs.PermissionSet;
import io.inmesh.xds.envoy.Rbacs.UriTemplateMatchConfig;
import io.inmesh.xds.model.rbac.Permission;

/** {@code Permission}. */
final class PermissionDecoder {

    private PermissionDecoder() {}

    static Permission decode(Fields fields) {
        if (fields.has(Rbacs.Permission.AND_RULES)) {
            return fields.nested(
                    Rbacs.Permission.AND_RULES,
                    set -> new Permission.And(set.each(PermissionSet.RULES, PermissionDecoder::decode)));
        } else if (fields.has(Rbacs.Permission.OR_RULES)) {
            return fields.nested(
                    Rbacs.Permission.OR_RULES,
                    set -> new Permission.Or(set.each(PermissionSet.RULES, PermissionDecoder::decode)));
        } else if (fields.has(Rbacs.Permission.NOT_RULE)) {
            return new Permission.Not(fields.nested(Rbacs.Permission.NOT_RULE, PermissionDecoder::decode));
        } else if (fields.has(Rbacs.Permission.ANY)) {
            // Envoy asks for true and has no meaning for false.
            return fields.get(Rbacs.Permission.ANY) ? new Permission.Any() : new Permission.Unsupported("any");
        }
        return condition(fields);
    }

    private static Permission condition(Fields fields) {
        if (fields.has(Rbacs.Permission.HEADER)) {
            return new Permission.Header(fields.nested(Rbacs.Permission.HEADER, MatcherDecoder::header));
        } else if (fields.has(Rbacs.Permission.URL_PATH)) {
            return new Permission.UrlPath(fields.nested(Rbacs.Permission.URL_PATH, MatcherDecoder::path));
        } else if (fields.has(Rbacs.Permission.URI_TEMPLATE)) {
            return fields.nested(Rbacs.Permission.URI_TEMPLATE, PermissionDecoder::uriTemplate);
        } else if (fields.has(Rbacs.Permission.METADATA)) {
            return new Permission.Metadata(fields.nested(Rbacs.Permission.METADATA, MetadataMatchDecoder::decode));
        }
        return connection(fields);
    }

    private static Permission connection(Fields fields) {
        if (fields.has(Rbacs.Permission.DESTINATION_IP)) {
            return new Permission.DestinationIp(
                    fields.nested(Rbacs.Permission.DESTINATION_IP, CommonDecoder::cidrRange));
        } else if (fields.has(Rbacs.Permission.DESTINATION_PORT)) {
            return new Permission.DestinationPort(
                    (int) Math.min(fields.get(Rbacs.Permission.DESTINATION_PORT), Integer.MAX_VALUE));
        } else if (fields.has(Rbacs.Permission.DESTINATION_PORT_RANGE)) {
            return fields.nested(
                    Rbacs.Permission.DESTINATION_PORT_RANGE,
                    range -> new Permission.DestinationPortRange(
                            range.get(Int32Range.START), range.get(Int32Range.END)));
        } else if (fields.has(Rbacs.Permission.REQUESTED_SERVER_NAME)) {
            return new Permission.RequestedServerName(
                    fields.nested(Rbacs.Permission.REQUESTED_SERVER_NAME, MatcherDecoder::string));
        }
        fields.unsupported("rule");
        return new Permission.Unsupported("rule");
    }

    private static Permission uriTemplate(Fields fields) {
        // The configuration's type says it all.
        fields.ignore(TypedExtensionConfig.NAME);
        Extension config = fields.extension(TypedExtensionConfig.TYPED_CONFIG);
        if (config.holds(UriTemplateMatchConfig.TYPE)) {
            return new Permission.UriTemplate(config.decode(
                    UriTemplateMatchConfig.TYPE, template -> template.get(UriTemplateMatchConfig.PATH_TEMPLATE)));
        }
        config.unsupported();
        return new Permission.Unsupported("uri_template");
    }
}

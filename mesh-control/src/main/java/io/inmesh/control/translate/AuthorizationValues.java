package io.inmesh.control.translate;

import io.inmesh.xds.envoy.CoreAddress.CidrRange;
import io.inmesh.xds.envoy.CoreBase.TypedExtensionConfig;
import io.inmesh.xds.envoy.Matchers.PathMatcher;
import io.inmesh.xds.envoy.Matchers.StringMatcher;
import io.inmesh.xds.envoy.Rbacs.Authenticated;
import io.inmesh.xds.envoy.Rbacs.Permission;
import io.inmesh.xds.envoy.Rbacs.Principal;
import io.inmesh.xds.envoy.Rbacs.PrincipalSet;
import io.inmesh.xds.envoy.Rbacs.UriTemplateMatchConfig;
import io.inmesh.xds.envoy.Routes.HeaderMatcher;
import io.inmesh.xds.wire.Any;
import io.inmesh.xds.wire.Message;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Single values of AuthorizationPolicy as Envoy's permissions and principals. */
final class AuthorizationValues {

    private static final String SPIFFE = "spiffe://";

    private final List<String> trustDomains;

    AuthorizationValues(List<String> trustDomains) {
        this.trustDomains = trustDomains;
    }

    Message host(String host) {
        Message match = StringMatches.wildcard(host);
        return permission(header(":authority", host, match.with(StringMatcher.IGNORE_CASE, true)));
    }

    Message method(String method) {
        return permission(header(":method", method, StringMatches.wildcard(method)));
    }

    Message path(String path) {
        if (path.contains("{*}") || path.contains("{**}")) {
            Message template = Message.of(UriTemplateMatchConfig.TYPE)
                    .with(
                            UriTemplateMatchConfig.PATH_TEMPLATE,
                            path.replace("{**}", "**").replace("{*}", "*"));
            return Message.of(Permission.TYPE)
                    .with(
                            Permission.URI_TEMPLATE,
                            Message.of(TypedExtensionConfig.TYPE)
                                    .with(TypedExtensionConfig.NAME, "uri-template")
                                    .with(TypedExtensionConfig.TYPED_CONFIG, Any.pack(template)));
        }
        return Message.of(Permission.TYPE)
                .with(
                        Permission.URL_PATH,
                        Message.of(PathMatcher.TYPE).with(PathMatcher.PATH, StringMatches.wildcard(path)));
    }

    Message port(String port) {
        return Message.of(Permission.TYPE).with(Permission.DESTINATION_PORT, Long.valueOf(port));
    }

    Message destinationIp(String block) {
        return Message.of(Permission.TYPE).with(Permission.DESTINATION_IP, range(block));
    }

    Message serverName(String name) {
        return Message.of(Permission.TYPE).with(Permission.REQUESTED_SERVER_NAME, StringMatches.wildcard(name));
    }

    /** A principal of this mesh is one of every alias; {@code cluster.local} stands for it, whatever it is called. */
    Message principal(String written) {
        List<String> all = TrustDomains.expanded(written, trustDomains);
        List<Message> names =
                all.stream().map(AuthorizationValues::onePrincipal).toList();
        return names.size() == 1
                ? names.get(0)
                : Message.of(Principal.TYPE)
                        .with(Principal.OR_IDS, Message.of(PrincipalSet.TYPE).with(PrincipalSet.IDS, names));
    }

    private static Message onePrincipal(String name) {
        if (name.equals("*")) {
            return authenticated(StringMatches.regex(".+"));
        }
        return name.startsWith("*")
                ? authenticated(StringMatches.regex(SPIFFE + ".*" + StringMatches.regexOf(name.substring(1))))
                : authenticated(StringMatches.wildcard(SPIFFE + name));
    }

    Message trustDomain(String written) {
        List<String> all = trustDomains.contains(written) ? trustDomains : List.of(written);
        String any = all.stream().map(StringMatches::regexOf).collect(Collectors.joining("|"));
        return authenticated(StringMatches.regex(SPIFFE + "(" + any + ")/.*"));
    }

    Message namespace(String namespace) {
        return authenticated(StringMatches.regex(".*/ns/" + StringMatches.regexOf(namespace) + "/.*"));
    }

    Message serviceAccount(String account, String policyNamespace) {
        int slash = account.indexOf('/');
        String namespace = slash < 0 ? policyNamespace : account.substring(0, slash);
        return authenticated(StringMatches.regex(SPIFFE + ".+/ns/" + StringMatches.regexOf(namespace) + "/(.+/|)sa/"
                + StringMatches.regexOf(account.substring(slash + 1)) + "(/.+)?"));
    }

    Message directIp(String block) {
        return Message.of(Principal.TYPE).with(Principal.DIRECT_REMOTE_IP, range(block));
    }

    Message remoteIp(String block) {
        return Message.of(Principal.TYPE).with(Principal.REMOTE_IP, range(block));
    }

    Message header(String name, String value) {
        return Message.of(Principal.TYPE)
                .with(Principal.HEADER, header(name.toLowerCase(Locale.ROOT), value, StringMatches.wildcard(value)));
    }

    private static Message authenticated(Message name) {
        return Message.of(Principal.TYPE)
                .with(Principal.AUTHENTICATED, Message.of(Authenticated.TYPE).with(Authenticated.PRINCIPAL_NAME, name));
    }

    private static Message permission(Message header) {
        return Message.of(Permission.TYPE).with(Permission.HEADER, header);
    }

    private static Message header(String name, String value, Message match) {
        Message header = Message.of(HeaderMatcher.TYPE).with(HeaderMatcher.NAME, name);
        return value.equals("*")
                ? header.with(HeaderMatcher.PRESENT_MATCH, true)
                : header.with(HeaderMatcher.STRING_MATCH, match);
    }

    private static Message range(String block) {
        int slash = block.indexOf('/');
        String address = slash < 0 ? block : block.substring(0, slash);
        int whole = address.indexOf(':') < 0 ? 32 : 128;
        long length = slash < 0 ? whole : Long.parseLong(block.substring(slash + 1));
        return Message.of(CidrRange.TYPE)
                .with(CidrRange.ADDRESS_PREFIX, address)
                .with(CidrRange.PREFIX_LEN, length);
    }
}

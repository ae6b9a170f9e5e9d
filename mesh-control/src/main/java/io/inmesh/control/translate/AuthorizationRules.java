package io.inmesh.control.translate;

import io.inmesh.control.config.AuthorizationPolicy.Action;
import io.inmesh.control.config.AuthorizationPolicy.Condition;
import io.inmesh.control.config.AuthorizationPolicy.Operation;
import io.inmesh.control.config.AuthorizationPolicy.Rule;
import io.inmesh.control.config.AuthorizationPolicy.Source;
import io.inmesh.control.config.AuthorizationPolicy.Values;
import io.inmesh.xds.envoy.Rbacs.Permission;
import io.inmesh.xds.envoy.Rbacs.PermissionSet;
import io.inmesh.xds.envoy.Rbacs.Principal;
import io.inmesh.xds.envoy.Rbacs.PrincipalSet;
import io.inmesh.xds.wire.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One rule of an AuthorizationPolicy. A part that cannot be honoured, or that asks for HTTP where there are only bytes, makes an ALLOW
 * rule's part match nothing and is left out of a DENY rule, which then matches more.
 */
final class AuthorizationRules {

    private final Action action;
    private final boolean http;
    private final AuthorizationValues values;
    private final AuthorizationClaims claims = new AuthorizationClaims();

    AuthorizationRules(Action action, boolean http, List<String> trustDomains) {
        this.action = action;
        this.http = http;
        this.values = new AuthorizationValues(trustDomains);
    }

    /** Empty if the rule can match nothing. */
    Optional<Message> of(Rule rule, String namespace) {
        List<Message> sharedPermissions = new ArrayList<>();
        List<Message> sharedPrincipals = new ArrayList<>();
        for (Condition condition : rule.when()) {
            if (!add(condition, namespace, sharedPermissions, sharedPrincipals) && action == Action.ALLOW) {
                return Optional.empty();
            }
        }
        List<Message> permissions = new ArrayList<>();
        for (Operation operation : rule.to()) {
            permissions(operation).ifPresent(own -> permissions.add(all(own, sharedPermissions)));
        }
        List<Message> principals = new ArrayList<>();
        for (Source source : rule.from()) {
            principals(source, namespace).ifPresent(own -> principals.add(allIds(own, sharedPrincipals)));
        }
        if ((!rule.to().isEmpty() && permissions.isEmpty()) || (!rule.from().isEmpty() && principals.isEmpty())) {
            return Optional.empty();
        }
        if (permissions.isEmpty()) {
            permissions.add(all(List.of(), sharedPermissions));
        }
        if (principals.isEmpty()) {
            principals.add(allIds(List.of(), sharedPrincipals));
        }
        return Optional.of(AuthorizationFilters.policy(permissions, principals));
    }

    private Optional<List<Message>> permissions(Operation operation) {
        boolean onlyBytes = !http
                && !(operation.hosts().all()
                        && operation.methods().all()
                        && operation.paths().all());
        if (action == Action.ALLOW && (!operation.honoured() || onlyBytes)) {
            return Optional.empty();
        }
        List<Message> parts = new ArrayList<>();
        if (http) {
            add(parts, operation.hosts(), values::host);
            add(parts, operation.methods(), values::method);
            add(parts, operation.paths(), values::path);
        }
        add(parts, operation.ports(), values::port);
        return Optional.of(parts);
    }

    private Optional<List<Message>> principals(Source source, String namespace) {
        boolean onlyBytes = !http && !source.requestPrincipals().all();
        if (action == Action.ALLOW && (!source.honoured() || onlyBytes)) {
            return Optional.empty();
        }
        List<Message> parts = new ArrayList<>();
        addIds(parts, source.principals(), values::principal);
        if (http) {
            addIds(parts, source.requestPrincipals(), claims::principal);
        }
        addIds(parts, source.namespaces(), values::namespace);
        addIds(parts, source.serviceAccounts(), account -> values.serviceAccount(account, namespace));
        addIds(parts, source.trustDomains(), values::trustDomain);
        addIds(parts, source.remoteIpBlocks(), values::remoteIp);
        addIds(parts, source.ipBlocks(), values::directIp);
        return Optional.of(parts);
    }

    /** Returns false if the condition cannot be checked. */
    private boolean add(Condition condition, String namespace, List<Message> permissions, List<Message> principals) {
        String key = condition.key();
        Values value = condition.values();
        if (key.startsWith("request.")) {
            return http && addOfRequest(key, value, principals);
        }
        switch (key) {
            case "source.ip" -> addIds(principals, value, values::directIp);
            case "remote.ip" -> addIds(principals, value, values::remoteIp);
            case "source.namespace" -> addIds(principals, value, values::namespace);
            case "source.principal" -> addIds(principals, value, values::principal);
            case "source.trustDomain" -> addIds(principals, value, values::trustDomain);
            case "source.serviceAccount" -> addIds(principals, value, text -> values.serviceAccount(text, namespace));
            case "destination.ip" -> add(permissions, value, values::destinationIp);
            case "destination.port" -> add(permissions, value, values::port);
            case "connection.sni" -> add(permissions, value, values::serverName);
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean addOfRequest(String key, Values value, List<Message> principals) {
        if (key.startsWith("request.headers[") && key.endsWith("]")) {
            String name = key.substring("request.headers[".length(), key.length() - 1);
            if (!name.isEmpty()) {
                addIds(principals, value, text -> values.header(name, text));
            }
            return !name.isEmpty();
        }
        if (key.equals("request.auth.principal")) {
            addIds(principals, value, claims::principal);
            return true;
        }
        List<String> path = AuthorizationClaims.path(key);
        if (!path.isEmpty()) {
            // One matcher for all values, as a claim may be a list that holds any of them.
            if (!value.any().isEmpty()) {
                principals.add(claims.claim(path, value.any()));
            }
            if (!value.none().isEmpty()) {
                Message any = claims.claim(path, value.none());
                principals.add(Message.of(Principal.TYPE).with(Principal.NOT_ID, any));
            }
        }
        return !path.isEmpty();
    }

    private static void add(List<Message> parts, Values values, Function<String, Message> one) {
        if (!values.any().isEmpty()) {
            parts.add(anyOf(values.any().stream().map(one).toList()));
        }
        if (!values.none().isEmpty()) {
            Message any = anyOf(values.none().stream().map(one).toList());
            parts.add(Message.of(Permission.TYPE).with(Permission.NOT_RULE, any));
        }
    }

    private static void addIds(List<Message> parts, Values values, Function<String, Message> one) {
        if (!values.any().isEmpty()) {
            parts.add(anyId(values.any().stream().map(one).toList()));
        }
        if (!values.none().isEmpty()) {
            Message any = anyId(values.none().stream().map(one).toList());
            parts.add(Message.of(Principal.TYPE).with(Principal.NOT_ID, any));
        }
    }

    private static Message all(List<Message> own, List<Message> shared) {
        List<Message> rules = new ArrayList<>(own);
        rules.addAll(shared);
        if (rules.isEmpty()) {
            rules.add(Message.of(Permission.TYPE).with(Permission.ANY, true));
        }
        return Message.of(Permission.TYPE)
                .with(Permission.AND_RULES, Message.of(PermissionSet.TYPE).with(PermissionSet.RULES, rules));
    }

    private static Message allIds(List<Message> own, List<Message> shared) {
        List<Message> ids = new ArrayList<>(own);
        ids.addAll(shared);
        if (ids.isEmpty()) {
            ids.add(Message.of(Principal.TYPE).with(Principal.ANY, true));
        }
        return Message.of(Principal.TYPE)
                .with(Principal.AND_IDS, Message.of(PrincipalSet.TYPE).with(PrincipalSet.IDS, ids));
    }

    private static Message anyOf(List<Message> rules) {
        return Message.of(Permission.TYPE)
                .with(Permission.OR_RULES, Message.of(PermissionSet.TYPE).with(PermissionSet.RULES, rules));
    }

    private static Message anyId(List<Message> ids) {
        return Message.of(Principal.TYPE)
                .with(Principal.OR_IDS, Message.of(PrincipalSet.TYPE).with(PrincipalSet.IDS, ids));
    }
}

package io.inmesh.control.analysis.semantic;

import io.inmesh.control.analysis.message.Code;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a DestinationRule asks of connections: numbers in range, TLS settings that fit together, localities that add up. Stateless. */
final class TrafficPolicyCheck {

    private TrafficPolicyCheck() {}

    static void check(Spot policy) {
        settings(policy);
        Set<String> ports = new HashSet<>();
        for (Spot level : policy.objects("portLevelSettings")) {
            Spot port = level.object("port");
            CommonChecks.port(port, "number");
            port.refuseIf(
                    port.has("number") && !ports.add(port.text("number")),
                    "number",
                    "duplicate port level settings for port " + port.text("number"));
            level.refuseIf(!level.has("port"), "port", "portLevelSettings must have a port");
            settings(level);
        }
        Spot tunnel = policy.object("tunnel");
        if (policy.has("tunnel")) {
            String protocol = tunnel.text("protocol");
            tunnel.refuseIf(
                    !protocol.isEmpty() && !protocol.equals("CONNECT") && !protocol.equals("POST"),
                    "protocol",
                    "tunnel protocol must be \"CONNECT\" or \"POST\"");
            CommonChecks.port(tunnel, "targetPort");
        }
    }

    private static void settings(Spot policy) {
        pool(policy.object("connectionPool"));
        outliers(policy.object("outlierDetection"));
        balancer(policy.object("loadBalancer"), policy.has("outlierDetection"));
        if (policy.has("tls")) {
            tls(policy.object("tls"));
        }
    }

    private static void pool(Spot pool) {
        for (String field : List.of(
                "http1MaxPendingRequests",
                "http2MaxRequests",
                "maxRequestsPerConnection",
                "maxRetries",
                "maxConcurrentStreams")) {
            Spot http = pool.object("http");
            http.refuseIf(http.value().integer(field, 0) < 0, field, "must be non-negative");
        }
        Spot tcp = pool.object("tcp");
        tcp.refuseIf(tcp.value().integer("maxConnections", 0) < 0, "maxConnections", "must be non-negative");
    }

    private static void outliers(Spot outliers) {
        CommonChecks.percent(outliers, "maxEjectionPercent");
        CommonChecks.percent(outliers, "minHealthPercent");
        boolean never = outliers.text("consecutive5xxErrors").equals("0")
                && (!outliers.has("consecutiveGatewayErrors")
                        || outliers.text("consecutiveGatewayErrors").equals("0"))
                && !outliers.text("splitExternalLocalOriginErrors").equals("true");
        if (never) {
            outliers.remark(
                    Code.NEVER_EJECTS,
                    "consecutive5xxErrors",
                    "consecutive5xxErrors 0 without consecutiveGatewayErrors never ejects: the detection has no effect");
        }
    }

    private static void balancer(Spot balancer, boolean outliers) {
        Spot hash = balancer.object("consistentHash");
        if (hash.has("httpCookie")) {
            Spot cookie = hash.object("httpCookie");
            cookie.refuseIf(cookie.text("name").isEmpty(), "name", "name required for HttpCookie");
        }
        Spot locality = balancer.object("localityLbSetting");
        locality.refuseIf(
                (locality.has("distribute") ? 1 : 0) + (locality.has("failover") ? 1 : 0) > 1,
                "",
                "can not simultaneously specify 'distribute' and 'failover'");
        locality.refuseIf(
                locality.has("distribute") && locality.has("failoverPriority"),
                "",
                "can not simultaneously specify 'distribute' and 'failoverPriority'");
        locality.objects("distribute").forEach(TrafficPolicyCheck::distribute);
        for (Spot failover : locality.objects("failover")) {
            failover.refuseIf(
                    failover.text("from").equals(failover.text("to")),
                    "to",
                    "locality lb failover region must be different: \"" + failover.text("from") + "\"");
        }
        boolean failing = locality.hasAny("failover", "failoverPriority");
        if (failing && !outliers) {
            locality.warn("", "outlier detection is required for failover to take effect");
        }
    }

    private static void distribute(Spot share) {
        long sum = 0;
        for (String weight : share.value().textMap("to").values()) {
            try {
                sum += Long.parseLong(weight);
            } catch (NumberFormatException notANumber) {
                share.refuse("to", "weight \"" + weight + "\" is no number");
            }
        }
        share.refuseIf(sum != 100, "to", "total locality weight " + sum + " != 100");
        share.refuseIf(share.text("from").isEmpty(), "from", "locality must not be empty");
    }

    static void tls(Spot tls) {
        String mode = tls.text("mode");
        boolean credential = tls.has("credentialName");
        boolean files = tls.hasAny("clientCertificate", "caCertificates", "privateKey", "caCrl");
        boolean originates = mode.equals("SIMPLE") || mode.equals("MUTUAL");
        if (tls.text("insecureSkipVerify").equals("true") && originates) {
            boolean verifies =
                    tls.has("caCertificates") || tls.has("subjectAltNames") || (credential && mode.equals("SIMPLE"));
            tls.refuseIf(
                    verifies,
                    "insecureSkipVerify",
                    "cannot specify caCertificates, credentialName or subjectAltNames when insecureSkipVerify is true");
        }
        if (originates && credential) {
            tls.refuseIf(
                    files,
                    "credentialName",
                    "cannot specify client certificates or CA certificate or CA CRL if credentialName is set");
        } else if (mode.equals("MUTUAL")) {
            tls.refuseIf(
                    !tls.has("clientCertificate"), "clientCertificate", "client certificate required for mutual tls");
            tls.refuseIf(!tls.has("privateKey"), "privateKey", "private key required for mutual tls");
        }
    }
}

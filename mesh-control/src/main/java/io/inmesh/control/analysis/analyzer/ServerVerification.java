package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;

/** DestinationRules that ask for TLS without a word on whom to trust. */
final class ServerVerification implements Analyzer {

    @Override
    public String name() {
        return "destinationrule.CaCertificateAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        for (Item rule : items.of("DestinationRule")) {
            YamlNode.Mapping policy = rule.spec().object("trafficPolicy");
            YamlNode.Mapping tls = policy.object("tls");
            if (unverified(rule, tls)) {
                report.add(Code.NO_SERVER_VERIFICATION_DESTINATION, rule, tls.originOf("mode"), text(rule, tls));
            }
            for (YamlNode.Mapping level : policy.objects("portLevelSettings")) {
                if (unverified(rule, level.object("tls"))) {
                    report.add(
                            Code.NO_SERVER_VERIFICATION_PORT,
                            rule,
                            level.object("tls").originOf("mode"),
                            text(rule, level.object("tls")) + " at port number:"
                                    + level.object("port").text("number"));
                }
            }
        }
    }

    private static boolean unverified(Item rule, YamlNode.Mapping tls) {
        String mode = tls.text("mode");
        boolean originates = mode.equals("SIMPLE") || mode.equals("MUTUAL");
        boolean bySecret = tls.has("credentialName") && rule.spec().has("workloadSelector");
        return originates && tls.text("caCertificates").isEmpty() && !bySecret;
    }

    private static String text(Item rule, YamlNode.Mapping tls) {
        return "DestinationRule " + rule.fullName() + " in namespace " + rule.namespace() + " has TLS mode set to "
                + tls.text("mode") + " but no caCertificates are set to validate server identity for host: "
                + rule.spec().text("host");
    }
}

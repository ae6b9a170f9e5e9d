package io.inmesh.control.analysis.analyzer;

import java.util.Collection;
import java.util.List;

/** All analysers over resources together. Safe for use by several threads. */
public final class Analysis {

    private final List<Analyzer> analyzers = List.of(
            new Annotations(),
            new ApplicationUser(),
            new AuthorizationPolicies(),
            new ClaimRoutes(),
            new DeploymentServices(),
            new DestinationHosts(),
            new DestinationSubsets(),
            new EjectionLimits(),
            new EnvoyPatches(),
            new ExternalControlPlane(),
            new GatewayCertificates(),
            new GatewayConflicts(),
            new GatewayPorts(),
            new GatewayReferences(),
            new GatewaySecrets(),
            new InjectedImages(),
            new Injection(),
            new KeyFetches(),
            new KubernetesGateways(),
            new MeshHostConflicts(),
            new PortNames(),
            new ServerVerification(),
            new ServiceEntries(),
            new ServiceEntryProtocols(),
            new SidecarSelectors(),
            new SubsetPods(),
            new TelemetryProviders(),
            new TelemetrySelectors(),
            new Webhooks());

    /** What they say, each thing once, in the order of the analysers. */
    public Collection<Message> analyze(Items items) {
        Report report = new Report();
        analyzers.forEach(analyzer -> analyzer.analyze(items, report));
        return report.messages();
    }

    /** What one analyser says, by Istio's name of it. */
    Collection<Message> analyze(Items items, String name) {
        Report report = new Report();
        analyzers.stream().filter(analyzer -> analyzer.name().equals(name)).forEach(one -> one.analyze(items, report));
        return report.messages();
    }

    /** The names of all. */
    public List<String> names() {
        return analyzers.stream().map(Analyzer::name).toList();
    }
}

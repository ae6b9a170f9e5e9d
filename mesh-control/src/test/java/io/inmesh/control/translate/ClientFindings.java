package io.inmesh.control.translate;

import io.inmesh.api.spi.MeshClock;
import io.inmesh.client.authz.jwt.KeySources;
import io.inmesh.client.compile.CallerPlace;
import io.inmesh.client.compile.Compilation;
import io.inmesh.client.compile.InboundCompiler;
import io.inmesh.client.compile.OutboundCompiler;
import io.inmesh.client.host.HostRegistry;
import io.inmesh.control.config.ConfigSnapshot;
import io.inmesh.control.config.Yaml;
import io.inmesh.control.state.MeshSettings;
import io.inmesh.control.state.Proxy;
import io.inmesh.testkit.FakeClock;
import io.inmesh.xds.model.endpoint.ClusterLoadAssignment;
import io.inmesh.xds.model.endpoint.Locality;
import io.inmesh.xds.state.ResourceCache;
import io.inmesh.xds.state.ResourceSet;
import io.inmesh.xds.state.XdsResources;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;

/** What members of the mesh, caller and called, say that they do not honour when a resource is translated for them. */
final class ClientFindings {

    private static final ConfigSnapshot WORLD = Yaml.of("""
            apiVersion: v1
            kind: Service
            metadata: {name: a, namespace: shop}
            spec: {selector: {app: a}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: b, namespace: shop}
            spec: {selector: {app: a}, ports: [{name: http, port: 80}]}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: a-1, namespace: shop, labels: {app: a, version: v1, "80": a}}
            spec: {serviceAccountName: a, containers: [{name: a, ports: [{containerPort: 80}]}]}
            status: {podIP: 10.0.0.1, phase: Running, conditions: [{type: Ready, status: "True"}]}
            """);

    /** Fields that come with every filter or cluster and that no field of Istio's asks for: names of counters, Envoy's own tracing. */
    private static final Set<String> BOOKKEEPING =
            Set.of("stat_prefix", "alt_stat_name", "proxy_100_continue", "trace_sampled");

    private ClientFindings() {}

    static Set<String> of(String resource) {
        ConfigSnapshot config = Yaml.all(List.of(WORLD, Yaml.file("sample.yaml", resource)));
        Set<String> findings = new TreeSet<>();
        for (Proxy proxy : List.of(
                Simulation.proxy("shop", "client", Map.of()),
                Simulation.proxy("shop", "a-1", Map.of("app", "a", "version", "v1", "80", "a")))) {
            XdsResources resources = Simulation.resources(config, MeshSettings.DEFAULT, proxy);
            add(findings, resources.clusters());
            add(findings, resources.loadAssignments());
            add(findings, resources.listeners());
            add(findings, resources.routeConfigurations());
            SplittableRandom chance = new SplittableRandom(1);
            HostRegistry registry = new HostRegistry(new FakeClock(), chance);
            new OutboundCompiler(registry, chance, new CallerPlace("", new Locality("r1", "z1", "")))
                    .compile(withInstances(resources), Compilation.nothing())
                    .unsupported()
                    .forEach(finding -> findings.add(finding.resource() + " " + finding.path()));
            findings.addAll(InboundCompiler.compile(
                            resources.listeners().byName().values(), MeshClock.system(), KeySources.NONE)
                    .unsupported());
        }
        findings.removeIf(finding -> BOOKKEEPING.contains(
                finding.substring(finding.lastIndexOf(' ') + 1).replaceAll(".*\\.", "")));
        return findings;
    }

    /** As a client has it that asks where its own workload's instances run, which zone-aware balancing needs. */
    private static XdsResources withInstances(XdsResources resources) {
        Map<String, ClusterLoadAssignment> assignments =
                new HashMap<>(resources.loadAssignments().byName());
        assignments.put(
                ResourceCache.LOCAL_CLUSTER,
                new ClusterLoadAssignment(ResourceCache.LOCAL_CLUSTER, List.of(), 140, false));
        return new XdsResources(
                resources.clusters(),
                new ResourceSet<>("1", true, assignments, Map.of(), List.of(), Set.of()),
                resources.listeners(),
                resources.routeConfigurations());
    }

    private static void add(Set<String> findings, ResourceSet<?> resources) {
        resources.unsupported().forEach((name, paths) -> paths.forEach(path -> findings.add(name + " " + path)));
    }
}

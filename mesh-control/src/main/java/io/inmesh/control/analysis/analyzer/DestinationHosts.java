package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;

/** Destinations of routes that nobody offers, or at a port that is not told or not there. */
final class DestinationHosts implements Analyzer {

    @Override
    public String name() {
        return "virtualservice.DestinationHostAnalyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        Hosts hosts = Hosts.of(items);
        for (Item service : items.of("VirtualService")) {
            for (Routes.Target target : Routes.targets(service)) {
                YamlNode.Mapping destination = target.destination();
                hosts.find(target.host(), service.namespace())
                        .ifPresentOrElse(
                                found -> port(service, destination, found, report),
                                () -> report.notFound(
                                        service,
                                        destination.originOf("host"),
                                        target.mirror() ? "mirror host" : "host",
                                        target.host()));
            }
        }
    }

    private static void port(Item service, YamlNode.Mapping destination, Hosts.Found found, Report report) {
        String host = destination.text("host");
        if (!destination.has("port")) {
            if (found.ports().size() > 1) {
                report.add(
                        Code.DESTINATION_PORT_REQUIRED,
                        service,
                        destination.originOf("host"),
                        "This VirtualService routes to a service \"" + host + "\" that exposes multiple ports "
                                + Texts.list(found.ports())
                                + ". Specifying a port in the destination is required to disambiguate.");
            }
            return;
        }
        long port = destination.object("port").integer("number", 0);
        if (!found.ports().contains(port)) {
            report.notFound(service, destination.originOf("port"), "host:port", host + ":" + port);
        }
    }
}

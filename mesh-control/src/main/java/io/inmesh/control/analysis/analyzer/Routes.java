package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;

/** Where VirtualServices send requests. Stateless. */
final class Routes {

    private Routes() {}

    /** One destination; mirrors are told apart, because messages do. */
    record Target(YamlNode.Mapping destination, boolean mirror) {

        String host() {
            return destination.text("host");
        }
    }

    static List<Target> targets(Item virtualService) {
        List<Target> targets = new ArrayList<>();
        for (String protocol : List.of("tcp", "tls", "http")) {
            for (YamlNode.Mapping route : virtualService.spec().objects(protocol)) {
                route.objects("route").forEach(to -> targets.add(new Target(to.object("destination"), false)));
                if (route.has("mirror")) {
                    targets.add(new Target(route.object("mirror"), true));
                }
                route.objects("mirrors").forEach(to -> targets.add(new Target(to.object("destination"), true)));
            }
        }
        return targets;
    }

    static boolean ofMesh(Item virtualService) {
        List<String> gateways = virtualService.spec().texts("gateways");
        return gateways.isEmpty() || gateways.contains("mesh");
    }
}

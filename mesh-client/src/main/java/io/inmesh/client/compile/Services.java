package io.inmesh.client.compile;

import io.inmesh.api.spi.CallReport.Service;
import io.inmesh.xds.model.MetadataValue;
import io.inmesh.xds.model.cluster.Cluster;
import java.util.List;

/** Which service a cluster stands for: Istio's metadata says it, else the cluster's name. */
final class Services {

    private Services() {}

    static Service of(Cluster cluster) {
        MetadataValue services = cluster.metadata().of("istio").fields().get("services");
        if (services instanceof MetadataValue.Items items
                && !items.values().isEmpty()
                && items.values().get(0) instanceof MetadataValue.Struct service) {
            return new Service(text(service, "host"), text(service, "name"), text(service, "namespace"));
        }
        List<String> parts = List.of(cluster.name().split("\\|", -1));
        String host = parts.size() == 4 ? parts.get(3) : "";
        return new Service(host, host.isEmpty() ? cluster.name() : host, "");
    }

    private static String text(MetadataValue.Struct struct, String field) {
        return struct.fields().get(field) instanceof MetadataValue.Text text ? text.value() : "";
    }
}

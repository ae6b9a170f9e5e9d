package io.inmesh.control.analysis.analyzer;

import io.inmesh.control.analysis.message.Code;
import io.inmesh.control.yaml.YamlNode;

/** ServiceEntries that need addresses, because their protocol does not tell the host. */
final class ServiceEntries implements Analyzer {

    @Override
    public String name() {
        return "serviceentry.Analyzer";
    }

    @Override
    public void analyze(Items items, Report report) {
        YamlNode.Mapping metadata = items.meshConfig().object("defaultConfig").object("proxyMetadata");
        boolean allocated = metadata.text("ISTIO_META_DNS_CAPTURE").equals("true")
                && (metadata.text("ISTIO_META_DNS_AUTO_ALLOCATE").equals("true")
                        || metadata.text("PILOT_ENABLE_IP_AUTOALLOCATE").equals("true"));
        if (!allocated) {
            items.of("ServiceEntry").forEach(entry -> addresses(entry, report));
        }
    }

    private static void addresses(Item entry, Report report) {
        boolean has = !entry.spec().list("addresses").isEmpty()
                || !entry.root().object("status").list("addresses").isEmpty();
        for (YamlNode.Mapping port : entry.spec().objects("ports")) {
            String protocol = port.text("protocol");
            if (!has && (protocol.isEmpty() || protocol.equalsIgnoreCase("TCP"))) {
                report.add(
                        Code.SERVICE_ENTRY_ADDRESSES_REQUIRED,
                        entry,
                        port.origin(),
                        "ServiceEntry addresses are required for this protocol.");
            }
        }
    }
}

package io.inmesh.control.config;

/** The fields of Istio's MeshConfig and ProxyConfig that have no effect here: named, so that each is reported as what it is. */
final class MeshConfigFields {

    private MeshConfigFields() {}

    static void unsupported(Fields mesh) {
        mesh.unsupported(
                "proxyListenPort",
                "proxyInboundListenPort",
                "proxyHttpPort",
                "ingressClass",
                "ingressService",
                "ingressControllerMode",
                "ingressSelector",
                "enableTracing",
                "enableEnvoyAccessLogService",
                "disableEnvoyListenerLog",
                "configSources",
                "caCertificates",
                "inboundClusterStatName",
                "outboundClusterStatName",
                "certificates",
                "thriftConfig",
                "enablePrometheusMerge",
                "verifyCertificateAtClient",
                "ca",
                "extensionProviders",
                "defaultProviders",
                "tlsDefaults",
                "defaultTrafficPolicy");
    }

    /** Most of these are about a proxy's process, of which there is none here. */
    static void unsupportedOfProxies(Fields proxy) {
        proxy.unsupported(
                "configPath",
                "binaryPath",
                "serviceCluster",
                "drainDuration",
                "discoveryAddress",
                "zipkinAddress",
                "statsdUdpAddress",
                "proxyAdminPort",
                "controlPlaneAuthPolicy",
                "customConfigFile",
                "statNameLength",
                "concurrency",
                "proxyBootstrapTemplatePath",
                "interceptionMode",
                "tracing",
                "envoyAccessLogService",
                "envoyMetricsService",
                "proxyMetadata",
                "runtimeValues",
                "statusPort",
                "extraStatTags",
                "terminationDrainDuration",
                "meshId",
                "readinessProbe",
                "proxyStatsMatcher",
                "holdApplicationUntilProxyStarts",
                "caCertificatesPem",
                "image",
                "privateKeyProvider",
                "proxyHeaders",
                "fileFlushInterval",
                "fileFlushMinSizeKb");
    }
}

package io.inmesh.control.config;

/** One resource as an operator wrote it, checked and typed. Immutable. */
public sealed interface Resource
        permits VirtualService,
                DestinationRule,
                PeerAuthentication,
                AuthorizationPolicy,
                RequestAuthentication,
                ServiceEntry,
                WorkloadEntry,
                WorkloadGroup,
                KubernetesService,
                EndpointSlice,
                Gateway,
                Sidecar,
                TlsSecret,
                Pod,
                KubernetesNamespace,
                KubernetesNode,
                ServiceAccount,
                MeshConfig {

    Meta meta();
}

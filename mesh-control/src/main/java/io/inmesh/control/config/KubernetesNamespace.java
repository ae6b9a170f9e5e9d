package io.inmesh.control.config;

/** A {@code v1/Namespace}: its labels may be matched; it need not be written for resources to be in it. */
public record KubernetesNamespace(Meta meta) implements Resource {}

package io.inmesh.control.config;

/** A {@code v1/ServiceAccount}: an identity that workloads may have. */
public record ServiceAccount(Meta meta) implements Resource {}

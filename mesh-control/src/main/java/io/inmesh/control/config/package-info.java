/** Ingest: a watched folder of YAML becomes typed Istio and Kubernetes resources, each with its file and line. */
@NullMarked
package io.inmesh.control.config;

import org.jspecify.annotations.NullMarked;

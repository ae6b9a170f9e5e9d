/** What the mesh tells of its calls: Istio's standard metrics through Micrometer, spans through OpenTelemetry's API; both optional. */
@NullMarked
package io.inmesh.client.telemetry;

import org.jspecify.annotations.NullMarked;

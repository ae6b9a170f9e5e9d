package io.inmesh.spring.reactive;

import io.inmesh.client.adapter.reactor.ReactorMesh;
import io.inmesh.spring.http.MeshPolicies;
import java.net.URI;
import java.util.function.Predicate;

/**
 * What reactive clients need of the mesh.
 *
 * @param mesh sends
 * @param inMesh whether the mesh is to send a request for an address; must not block
 * @param policies what the application asks of its own calls
 */
public record ReactiveHttp(ReactorMesh mesh, Predicate<URI> inMesh, MeshPolicies policies) {}

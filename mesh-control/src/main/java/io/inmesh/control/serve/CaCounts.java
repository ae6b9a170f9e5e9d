package io.inmesh.control.serve;

import java.time.Instant;

/**
 * What the certificate authority has done since it started.
 *
 * @param requests all of them
 * @param issued certificates
 * @param unauthenticated requests of callers that proved no identity
 * @param invalid requests that were refused for what they ask
 * @param rootEnd when the first of the trusted roots ends
 */
public record CaCounts(long requests, long issued, long unauthenticated, long invalid, Instant rootEnd) {}

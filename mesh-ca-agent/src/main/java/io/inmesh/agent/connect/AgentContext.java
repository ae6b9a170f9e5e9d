package io.inmesh.agent.connect;

import io.inmesh.api.spi.MeshClock;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;

/**
 * Time, chance and threads of an agent.
 *
 * @param clock what time it is
 * @param random jitter of rotations and of back-off; used on the executor only
 * @param executor runs one task at a time; every decision is made there, and nothing there waits
 * @param disk writes files, one after another, so that a slow disk delays nothing else
 */
public record AgentContext(MeshClock clock, RandomGenerator random, ScheduledExecutorService executor, Executor disk) {

    public AgentContext {
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(random, "random");
        Objects.requireNonNull(executor, "executor");
        Objects.requireNonNull(disk, "disk");
    }
}

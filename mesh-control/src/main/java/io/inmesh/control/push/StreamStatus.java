package io.inmesh.control.push;

import io.inmesh.control.state.Proxy;
import java.time.Instant;
import java.util.List;

/** One connected client, for people. */
public record StreamStatus(long id, Proxy proxy, Instant since, List<SubscriptionStatus> subscriptions) {}

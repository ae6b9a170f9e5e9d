package io.inmesh.control.push;

import java.util.List;

/**
 * What a stream has of one type, for people.
 *
 * @param names asked for; {@code *} for all
 * @param sent the version that was sent last, empty before
 * @param acknowledged the version that the client said it uses
 * @param rejection why the client refused what was sent last, empty if it did not
 */
public record SubscriptionStatus(
        XdsType type, List<String> names, String sent, String acknowledged, boolean outstanding, String rejection) {}

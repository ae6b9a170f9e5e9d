package io.inmesh.control.config.kubernetes;

import java.util.ArrayList;
import java.util.List;

/** What the control service may have to do beside watching kinds; {@code deploy/} grants just this. */
final class Permissions {

    private static final WatchedKind EVENT = new WatchedKind("", List.of("v1"), "Event", "events", true);
    private static final WatchedKind TOKEN_REVIEW =
            new WatchedKind("authentication.k8s.io", List.of("v1"), "TokenReview", "tokenreviews", false);

    private Permissions() {}

    static List<ObjectName> meshConfigs(KubernetesSettings settings) {
        return List.of(
                new ObjectName(WatchedKind.CONFIG_MAP, settings.namespace(), "inmesh"),
                new ObjectName(WatchedKind.CONFIG_MAP, settings.namespace(), "istio"));
    }

    static List<Permission> of(KubernetesSettings settings) {
        String own = settings.namespace();
        List<Permission> all = new ArrayList<>();
        meshConfigs(settings).forEach(name -> all.add(Permission.of(name, "get", "list", "watch")));
        all.add(Permission.toCreate(TOKEN_REVIEW, ""));
        all.add(Permission.toCreate(EVENT, ""));
        all.add(Permission.toCreate(WatchedKind.LEASE, own));
        all.add(Permission.of(
                new ObjectName(WatchedKind.LEASE, own, KubernetesSettings.LEASE), "get", "update", "patch"));
        if (!settings.stateSecret().isEmpty()) {
            all.add(Permission.toCreate(WatchedKind.SECRET, own));
            all.add(Permission.of(
                    new ObjectName(WatchedKind.SECRET, own, settings.stateSecret()), "get", "list", "watch", "update"));
        }
        if (!settings.rootConfigMap().isEmpty()) {
            all.add(Permission.toCreate(WatchedKind.CONFIG_MAP, ""));
            all.add(Permission.of(
                    new ObjectName(WatchedKind.CONFIG_MAP, "", settings.rootConfigMap()), "list", "watch", "update"));
        }
        WatchedKind.ALL.stream()
                .filter(kind -> kind.group().endsWith("istio.io"))
                .forEach(kind -> all.add(Permission.toWriteStatus(kind)));
        return all;
    }
}

package io.inmesh.client.admin;

import io.inmesh.client.route.UpstreamCluster;
import io.inmesh.xds.envoy.AdminStatus.Clusters;
import io.inmesh.xds.wire.Message;
import java.util.Comparator;
import java.util.List;

/**
 * Envoy's {@code /clusters}: every cluster with its limits and hosts, as text or with {@code format=json}; {@code filter} is an
 * expression that occurs in the name.
 *
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/operations/admin#get--clusters">Envoy, /clusters</a>
 */
record ClustersPage(AdminView view) implements AdminPage {

    @Override
    public AdminAnswer answer(AdminQuery query) throws AdminQuery.NotUnderstoodException {
        var wanted = query.occursIn("filter");
        List<UpstreamCluster> clusters = view.snapshot().stream()
                .flatMap(snapshot -> snapshot.clusters().values().stream())
                .filter(cluster -> wanted.test(cluster.name()))
                .sorted(Comparator.comparing(UpstreamCluster::name))
                .toList();
        if (query.format("text", "json").equals("json")) {
            List<Message> statuses =
                    clusters.stream().map(ClusterStatusMessage::of).toList();
            return AdminAnswer.json(
                    AdminPages.JSON.print(Message.of(Clusters.TYPE).with(Clusters.CLUSTER_STATUSES, statuses)));
        }
        StringBuilder text = new StringBuilder();
        clusters.forEach(cluster -> ClusterStatusText.append(text, cluster));
        return AdminAnswer.text(text.toString());
    }
}

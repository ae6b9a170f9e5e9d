package io.inmesh.xds.model.route;

import io.inmesh.xds.model.HeaderMutations;
import io.inmesh.xds.model.Metadata;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** To which cluster a route leads. */
public sealed interface ClusterSpecifier {

    /** Always the same. */
    record Single(String cluster) implements ClusterSpecifier {
        public Single {
            Objects.requireNonNull(cluster, "cluster");
        }
    }

    /** The one that a request header names. */
    record Header(String header) implements ClusterSpecifier {
        public Header {
            Objects.requireNonNull(header, "header");
        }
    }

    /** One of several, drawn by weight. The weights' sum is at least 1. */
    record Weighted(List<WeightedCluster> clusters) implements ClusterSpecifier {
        public Weighted {
            clusters = List.copyOf(clusters);
            if (clusters.stream().mapToLong(WeightedCluster::weight).sum() < 1) {
                throw new IllegalArgumentException("Weighted clusters have a weight together");
            }
        }
    }

    /** A way of choosing that Inmesh does not know; requests of the route cannot be served. */
    record Unsupported(String field) implements ClusterSpecifier {
        public Unsupported {
            Objects.requireNonNull(field, "field");
        }
    }

    /**
     * A cluster and its share.
     *
     * @param weight its part of the sum of all weights; may be 0
     * @param headers applied before those of the route
     * @param hostRewriteLiteral the authority for this cluster; null if none of its own
     */
    record WeightedCluster(
            String name,
            long weight,
            HeaderMutations headers,
            Map<String, PerFilterConfig> perFilterConfig,
            @Nullable String hostRewriteLiteral,
            Metadata metadata) {
        public WeightedCluster {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(headers, "headers");
            perFilterConfig = Map.copyOf(perFilterConfig);
            Objects.requireNonNull(metadata, "metadata");
        }
    }
}

package io.inmesh.client.resilience;

import io.inmesh.client.host.Host;
import io.inmesh.client.host.OutlierState;
import io.inmesh.client.host.Tally;
import io.inmesh.xds.model.cluster.OutlierDetection;
import io.inmesh.xds.model.cluster.OutlierDetection.FailurePercentage;
import io.inmesh.xds.model.cluster.OutlierDetection.SuccessRate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Finds the hosts that failed too often in the interval that ends: far more often than the others do, or above a percentage. */
final class FailureRates {

    private static final double THOUSANDTHS = 1000.0;

    private final OutlierDetection settings;
    private final List<Host> hosts;
    private final boolean wanted;

    FailureRates(OutlierDetection settings, List<Host> hosts) {
        this.settings = settings;
        this.hosts = hosts;
        SuccessRate success = settings.successRate();
        FailurePercentage failure = settings.failurePercentage();
        // Envoy looks at errors of our own side only where these are counted apart.
        boolean split = settings.splitExternalLocalOriginErrors();
        wanted = success.enforcing() > 0
                || failure.enforcing() > 0
                || (split && (success.enforcingLocalOrigin() > 0 || failure.enforcingLocalOrigin() > 0));
    }

    /** Whether somebody asks for them, so that attempts are counted. */
    boolean wanted() {
        return wanted;
    }

    /** Who is to be ejected, with the percent of cases in which that is enforced. */
    @FunctionalInterface
    interface Verdict {
        void outlier(Host host, long enforcing);
    }

    void judge(Verdict verdict) {
        SuccessRate success = settings.successRate();
        FailurePercentage failure = settings.failurePercentage();
        judge(OutlierState::external, success.enforcing(), failure.enforcing(), verdict);
        judge(OutlierState::localOrigin, success.enforcingLocalOrigin(), failure.enforcingLocalOrigin(), verdict);
    }

    private void judge(
            Function<OutlierState, Tally> which, long enforcingRate, long enforcingPercentage, Verdict verdict) {
        List<Rated> rated = new ArrayList<>();
        List<Rated> counted = new ArrayList<>();
        for (Host host : hosts) {
            Tally.Taken taken = which.apply(host.outlier()).take();
            if (!host.ejected() && taken.all() > 0) {
                Rated one = new Rated(host, taken.successRate());
                addIf(taken.all() >= settings.successRate().requestVolume(), one, rated);
                addIf(taken.all() >= settings.failurePercentage().requestVolume(), one, counted);
            }
        }
        if (!rated.isEmpty() && rated.size() >= settings.successRate().minimumHosts()) {
            double least = threshold(rated);
            rated.stream()
                    .filter(one -> one.successRate() < least)
                    .forEach(one -> verdict.outlier(one.host(), enforcingRate));
        }
        if (!counted.isEmpty() && counted.size() >= settings.failurePercentage().minimumHosts()) {
            counted.stream()
                    .filter(one -> 100.0 - one.successRate()
                            >= settings.failurePercentage().threshold())
                    .forEach(one -> verdict.outlier(one.host(), enforcingPercentage));
        }
    }

    private static void addIf(boolean enough, Rated one, List<Rated> list) {
        if (enough) {
            list.add(one);
        }
    }

    /** The mean less some standard deviations. */
    private double threshold(List<Rated> rated) {
        double mean = rated.stream().mapToDouble(Rated::successRate).sum() / rated.size();
        double variance = rated.stream()
                        .mapToDouble(one -> (one.successRate() - mean) * (one.successRate() - mean))
                        .sum()
                / rated.size();
        return mean - settings.successRate().stdevFactor() / THOUSANDTHS * Math.sqrt(variance);
    }

    private record Rated(Host host, double successRate) {}
}

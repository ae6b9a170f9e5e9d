package io.inmesh.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.conformance.coverage.Coverage;
import io.inmesh.conformance.coverage.IstioField;
import io.inmesh.conformance.coverage.IstioFields;
import io.inmesh.conformance.pair.JavaClient;
import io.inmesh.conformance.pair.Pairing;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.RowFiles;
import io.inmesh.conformance.row.Scenario;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the rows are about, all together. Whether they agree is {@link ConformanceTest}'s. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoverageTest {

    private static final int ROWS = 400;
    private static final int BALANCING_ROWS = 150;
    private static final Predicate<String> BALANCING = Pattern.compile("(CommonLbConfig|OutlierDetection|HashPolicy"
                    + "|Cluster|LbEndpoint|LocalityLbEndpoints|Endpoint|ClusterLoadAssignment|ZoneAwareLbConfig"
                    + "|RingHashLbConfig|MaglevLbConfig|LeastRequestLbConfig|SlowStartConfig)\\..*")
            .asMatchPredicate();

    private List<Scenario> scenarios = List.of();
    private Coverage coverage = Coverage.of(List.of());

    @BeforeAll
    void read() {
        scenarios = Scenarios.all();
        coverage = Coverage.of(scenarios);
        coverage.also(
                JavaClient.configuration(
                        new Pairing(Pairing.Mode.STRICT, Pairing.Protocol.HTTP2, Pairing.Credentials.MEMBER), 1),
                "HttpProtocolOptions.ExplicitHttpConfig.http2_protocol_options");
    }

    @Test
    void everyMustAndShouldFieldHasARow() {
        List<IstioField> fields = IstioFields.all();
        List<String> missing = fields.stream()
                .filter(field -> field.pending().isEmpty())
                .filter(field -> !coverage.missing(field).isEmpty())
                .map(field -> field.name() + ": " + coverage.missing(field))
                .toList();
        List<String> pending = fields.stream()
                .filter(field -> !field.pending().isEmpty())
                .map(field -> field.name() + " (" + field.pending() + ")")
                .toList();
        System.out.println("field coverage: " + percent(fields, true) + " of MUST, " + percent(fields, false)
                + " of SHOULD; pending: " + pending);
        assertThat(missing).as("fields without a row").isEmpty();
    }

    /** A row that is about nothing of its configuration covers nothing; a few may be named carelessly. */
    @Test
    void rowsAreAboutFieldsThatTheirConfigurationsSet() {
        coverage.mistakes().forEach(System.out::println);
        assertThat(coverage.mistakes()).hasSizeLessThan(10);
    }

    @Test
    void noFieldHasTooManyRows() {
        Map<String, Integer> tooMany = new TreeMap<>(coverage.rows());
        if (Boolean.getBoolean("mesh.fields")) {
            tooMany.forEach((field, rows) -> System.out.println("  " + rows + " rows about " + field));
        }
        tooMany.values().removeIf(rows -> rows <= Scenarios.ROWS_PER_FIELD);
        assertThat(tooMany).isEmpty();
    }

    /** Rows about the choice of endpoints come on top: what decides about it is mostly no field that istiod writes. */
    @Test
    void halfOfTheRowsStartFromARealIstiod() {
        long captured = 0;
        long written = 0;
        long balancing = 0;
        for (Scenario scenario : scenarios) {
            long apart = scenario.rows().stream()
                    .filter(row -> row.fields().stream().allMatch(BALANCING))
                    .count();
            balancing += scenario.captured() ? 0 : apart;
            captured += scenario.captured() ? scenario.rows().size() : 0;
            written += scenario.captured() ? 0 : scenario.rows().size() - apart;
        }
        System.out.println("rows: " + (captured + written + balancing) + ", " + captured
                + " of them from recorded answers of istiod, " + balancing + " about balancing alone; " + generated()
                + " generated");
        assertThat(captured + written).isGreaterThanOrEqualTo(ROWS);
        assertThat(captured).isGreaterThanOrEqualTo(written);
        assertThat(balancing).isGreaterThanOrEqualTo(BALANCING_ROWS);
    }

    @Test
    void rowsAreToldApartByTheirNames() {
        for (Scenario scenario : scenarios) {
            assertThat(scenario.rows())
                    .extracting(Row::name)
                    .as(scenario.name())
                    .doesNotHaveDuplicates();
        }
        assertThat(scenarios).extracting(Scenario::name).doesNotHaveDuplicates();
    }

    private long generated() {
        Set<Row> written = new HashSet<>();
        RowFiles.all().forEach(scenario -> written.addAll(scenario.rows()));
        return scenarios.stream()
                .flatMap(scenario -> scenario.rows().stream())
                .filter(row -> !written.contains(row))
                .count();
    }

    private String percent(List<IstioField> fields, boolean must) {
        List<IstioField> wanted =
                fields.stream().filter(field -> field.must() == must).toList();
        long covered = wanted.stream()
                .filter(field -> coverage.missing(field).isEmpty())
                .count();
        return covered + " of " + wanted.size() + " fields (" + covered * 100 / wanted.size() + " %)";
    }
}

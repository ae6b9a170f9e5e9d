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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the rows are about, all together. Whether they agree is {@link ConformanceTest}'s. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoverageTest {

    private static final int ROWS = 400;

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

    @Test
    void halfOfTheRowsStartFromARealIstiod() {
        long captured = scenarios.stream()
                .filter(Scenario::captured)
                .mapToLong(scenario -> scenario.rows().size())
                .sum();
        long all =
                scenarios.stream().mapToLong(scenario -> scenario.rows().size()).sum();
        System.out.println("rows: " + all + ", " + captured + " of them from recorded answers of istiod, " + generated()
                + " generated");
        assertThat(all).isGreaterThanOrEqualTo(ROWS);
        assertThat(captured * 2).isGreaterThanOrEqualTo(all);
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

package io.inmesh.conformance;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Ends the tests with what all of them together came to: rows run, rows agreeing, and the mutation score. */
public final class Summary implements TestExecutionListener {

    /** What tests publish for it. */
    static final String KEY = "conformance";

    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        String line = entry.getKeyValuePairs().get(KEY);
        if (line != null) {
            lines.add(line);
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        lines.forEach(System.out::println);
        lines.clear();
    }
}

package io.inmesh.conformance;

import io.inmesh.conformance.coverage.IstioField;
import io.inmesh.conformance.row.Row;

/** A row, with Envoy's answers to its scenario. */
record Asked(Reference reference, Row row) {

    boolean about(IstioField field) {
        return row.fields().stream().anyMatch(field.envoy()::contains);
    }
}

package io.inmesh.conformance;

import io.inmesh.conformance.coverage.IstioField;

/**
 * A mistake, made for a field's sake, and which row turned red.
 *
 * @param what the mistake and where it is
 * @param row the row's name; empty if nothing noticed
 */
record Bite(IstioField field, String what, String row) {

    boolean caught() {
        return !row.isEmpty();
    }

    @Override
    public String toString() {
        return field.name() + ": " + what;
    }
}

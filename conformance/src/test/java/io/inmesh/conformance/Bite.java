package io.inmesh.conformance;

import io.inmesh.conformance.coverage.IstioField;

/**
 * A mistake, made for a field's sake, and whether some row turned red.
 *
 * @param what the mistake and where it is
 */
record Bite(IstioField field, String what, boolean caught) {

    @Override
    public String toString() {
        return field.name() + ": " + what;
    }
}

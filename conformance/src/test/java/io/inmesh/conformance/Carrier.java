package io.inmesh.conformance;

import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.side.InmeshSide;

/** What carries our side's requests. */
enum Carrier {
    BARE {
        @Override
        boolean canCarry(Row row) {
            return true;
        }
    },
    OKHTTP {
        @Override
        boolean canCarry(Row row) {
            return row.steps().stream().allMatch(step -> InmeshSide.okHttpCanSay(step.request()));
        }
    };

    /** Whether it can say what the row's requests say. */
    abstract boolean canCarry(Row row);
}

package io.inmesh.conformance;

import io.inmesh.conformance.config.Configuration;
import io.inmesh.conformance.echo.EchoServers;
import io.inmesh.conformance.row.Row;
import io.inmesh.conformance.row.Scenario;
import io.inmesh.conformance.side.InmeshSide;
import io.inmesh.conformance.side.Side;
import java.util.random.RandomGenerator;

/** What carries our side's requests. */
enum Carrier {
    BARE {
        @Override
        boolean canCarry(Scenario scenario, Row row) {
            return scenario.over() != Scenario.Over.OKHTTP;
        }
    },
    OKHTTP {
        @Override
        boolean canCarry(Scenario scenario, Row row) {
            return scenario.over() != Scenario.Over.BARE
                    && row.steps().stream().allMatch(step -> InmeshSide.okHttpCanSay(step.request()));
        }
    };

    /** Our side with it. */
    Side side(Configuration configuration, EchoServers upstreams, RandomGenerator chance) {
        return this == OKHTTP
                ? InmeshSide.okHttp(configuration, upstreams, chance)
                : InmeshSide.bare(configuration, upstreams, chance);
    }

    /** Whether it can say what the row's requests say. */
    abstract boolean canCarry(Scenario scenario, Row row);
}

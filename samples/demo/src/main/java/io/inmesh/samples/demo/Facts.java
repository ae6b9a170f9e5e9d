package io.inmesh.samples.demo;

import java.util.List;

/** Everything that the demo claims, in the order in which it is shown. */
final class Facts {

    private Facts() {}

    static List<Fact> of(Bookshop bookshop) {
        MutualTls mutualTls = new MutualTls(bookshop);
        Routing routing = new Routing(bookshop);
        Faults faults = new Faults(bookshop);
        FailingInstance failing = new FailingInstance(bookshop);
        Policies policies = new Policies(bookshop);
        return List.of(
                mutualTls::identities,
                mutualTls::strict,
                routing::header,
                routing::canary,
                faults::injected,
                failing::hiddenByRetries,
                failing::ejected,
                failing::returned,
                policies::edited,
                policies::denied);
    }
}

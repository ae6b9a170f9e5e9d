package io.inmesh.samples.demo;

import java.util.Locale;

/** What runs where, and how to look at it from outside. */
final class Guide {

    private Guide() {}

    static void printProcesses(Bookshop bookshop, long startNanos) {
        ControlProcess control = bookshop.control();
        System.out.printf("%n  %-14s %7s %6s %6s%n", "process", "pid", "port", "probes");
        System.out.printf(
                "  %-14s %7d %6d %6s   debug pages http://127.0.0.1:%d/debug/%n",
                "control", control.process().pid(), control.port(), "", control.adminPort());
        for (Member member : bookshop.members()) {
            System.out.printf(
                    "  %-14s %7d %6d %6d   %s%n",
                    member.workload().name(),
                    member.process().pid(),
                    member.port(),
                    member.probePort(),
                    "spiffe://cluster.local/ns/bookshop/sa/" + member.workload().app());
        }
        System.out.printf(
                Locale.ROOT,
                "%n  up in %.1f s; policies in %s%n%n",
                startNanos / 1e9,
                bookshop.policies().path());
    }

    static void printCommands(Bookshop bookshop) {
        OperatorIdentity operator = bookshop.operatorIdentity();
        String tls = "--cert " + operator.file("cert.pem") + " --key " + operator.file("key.pem");
        int reviews = bookshop.port("reviews-v1-a");
        int ratings = bookshop.port("ratings");
        System.out.printf(
                """

                  Look for yourself:
                  curl http://127.0.0.1:%d/books/1    # a shopper
                  curl -H 'end-user: jason' http://127.0.0.1:%d/books/1    # a shopper who sees v2
                  curl http://127.0.0.1:%d/ratings/1    # refused: no certificate
                  curl -k %s https://127.0.0.1:%d/ratings/1    # an operator may read
                  curl -k %s -X PUT https://127.0.0.1:%d/ratings/1/1    # and change nothing
                  openssl s_client -connect 127.0.0.1:%d -cert %s -key %s -CAfile %s </dev/null | openssl x509 -noout -text
                  edit %s and look again

                """,
                bookshop.port("storefront"),
                bookshop.port("storefront"),
                ratings,
                tls,
                ratings,
                tls,
                ratings,
                reviews,
                operator.file("cert.pem"),
                operator.file("key.pem"),
                operator.file("root.pem"),
                bookshop.policies().path().resolve(Policies.ROUTE));
    }
}

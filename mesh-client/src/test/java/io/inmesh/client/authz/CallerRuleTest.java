package io.inmesh.client.authz;

import static org.assertj.core.api.Assertions.assertThat;

import io.inmesh.client.testing.Requests;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CallerRuleTest {

    private static final InboundConnection FRONTEND =
            Requests.mutualTls(8080, "spiffe://cluster.local/ns/shop/sa/frontend");
    private static final InboundConnection STRANGER = Requests.mutualTls(8080, "spiffe://partner.test/vm/7");
    private static final InboundConnection NOBODY = Requests.plaintext(8080);

    private static boolean passes(CallerRule rule, InboundConnection caller, String path) {
        InboundRequest request =
                new InboundRequest(Requests.get(path), InboundPath.of(path).orElseThrow(), caller);
        return rule.check(request, new ArrayList<>()) == null;
    }

    private static CallerRule rule(boolean allows, List<String> principals, List<String> namespaces) {
        return new CallerRule("@Here", allows, principals, namespaces, Set.of(), path -> path.startsWith("/vault"));
    }

    @ParameterizedTest
    @CsvSource({
        "cluster.local/ns/shop/sa/frontend, true",
        "cluster.local/ns/shop/sa/front, false",
        "cluster.local/ns/shop/*, true",
        "cluster.local/ns/shopping/*, false",
        "*/sa/frontend, true",
        "*, true",
        "spiffe://cluster.local/ns/shop/sa/frontend, false"
    })
    void principalsAreMatchedAsIstioMatchesThem(String pattern, boolean named) {
        assertThat(passes(rule(true, List.of(pattern), List.of()), FRONTEND, "/vault"))
                .isEqualTo(named);
        assertThat(passes(rule(false, List.of(pattern), List.of()), FRONTEND, "/vault"))
                .isEqualTo(!named);
    }

    @Test
    void anyOfAFieldAndAllFieldsHaveToMatch() {
        assertThat(passes(rule(true, List.of("x", "*/frontend"), List.of("other", "shop")), FRONTEND, "/vault"))
                .isTrue();
        assertThat(passes(rule(true, List.of("*/frontend"), List.of("other")), FRONTEND, "/vault"))
                .isFalse();
    }

    @Test
    void whoProvedNothingOrSomethingElseIsNobodyThatWasAllowed() {
        assertThat(passes(rule(true, List.of("*"), List.of()), NOBODY, "/vault"))
                .isFalse();
        assertThat(passes(rule(true, List.of(), List.of()), NOBODY, "/vault")).isFalse();
        assertThat(passes(rule(true, List.of(), List.of()), STRANGER, "/vault")).isTrue();
        assertThat(passes(rule(true, List.of(), List.of("*")), STRANGER, "/vault"))
                .isTrue();
        assertThat(passes(rule(true, List.of(), List.of("vm")), STRANGER, "/vault"))
                .isFalse();
        assertThat(passes(rule(false, List.of(), List.of()), NOBODY, "/vault"))
                .as("a denial of everybody")
                .isFalse();
    }

    @Test
    void otherPathsAndMethodsAreNotItsAffair() {
        assertThat(passes(rule(false, List.of(), List.of()), NOBODY, "/hall")).isTrue();
        CallerRule deletes = new CallerRule("@Here", false, List.of(), List.of(), Set.of("DELETE"), path -> true);
        assertThat(passes(deletes, FRONTEND, "/vault")).isTrue();
    }

    @Test
    void aPathOfMoreThanOneMeaningIsCoveredByAnyOfThem() {
        assertThat(passes(rule(false, List.of(), List.of()), FRONTEND, "/hall/../vault"))
                .isFalse();
        assertThat(passes(rule(false, List.of(), List.of()), FRONTEND, "//vault"))
                .isFalse();
        assertThat(passes(rule(false, List.of(), List.of()), FRONTEND, "/%76ault"))
                .isFalse();
    }

    @Test
    void theDenialNamesItsPlaceInTheCodeAndTellsTheCallerNothing() {
        InboundRequest request = new InboundRequest(
                Requests.get("/vault"), InboundPath.of("/vault").orElseThrow(), FRONTEND);
        Denial denial = Objects.requireNonNull(
                rule(true, List.of("*/sa/treasurer"), List.of()).check(request, new ArrayList<>()));
        assertThat(denial.policy()).isEqualTo("@Here");
        assertThat(denial.reply().status()).isEqualTo(403);
        assertThat(denial.reply().body()).isEqualTo("RBAC: access denied");
        assertThat(rule(true, List.of("*/sa/treasurer"), List.of()).describe())
                .isEqualTo("@Here principals=[*/sa/treasurer]");
    }
}

package io.inmesh.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpiffeIdTest {

    @Test
    void readsIstiosForm() {
        SpiffeId id = SpiffeId.parse("spiffe://cluster.local/ns/shop/sa/reviews");

        assertThat(id).isEqualTo(SpiffeId.of(new TrustDomain("cluster.local"), "shop", "reviews"));
        assertThat(id.uri()).isEqualTo("spiffe://cluster.local/ns/shop/sa/reviews");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Spiffe://td/x",
                "spiffe://td",
                "spiffe://td/",
                "spiffe:///x",
                "spiffe://td:80/x",
                "spiffe://user@td/x",
                "spiffe://TD/x",
                "spiffe://td//a",
                "spiffe://td/a/",
                "spiffe://td/a/../b",
                "spiffe://td/./b",
                "spiffe://td/%62ad",
                "spiffe://td/a?q",
                "spiffe://td/a#f",
                "spiffe://td/a\u0000b",
                "spiffe://td/\u0130",
                "https://td/x",
                ""
            })
    void refusesWhatTheStandardForbids(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> SpiffeId.parse(text));
    }

    @Test
    void refusesMoreThan2048Characters() {
        assertThat(SpiffeId.parse("spiffe://td/" + "a".repeat(2048 - 12)).uri()).hasSize(2048);
        assertThatIllegalArgumentException().isThrownBy(() -> SpiffeId.parse("spiffe://td/" + "a".repeat(2048 - 11)));
    }
}

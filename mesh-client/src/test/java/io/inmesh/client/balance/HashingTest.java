package io.inmesh.client.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HashingTest {

    // From the reference implementation of xxHash.
    @ParameterizedTest
    @CsvSource({
        "'', 0, ef46db3751d8e999",
        "a, 0, d24ec4f1a98c6e5b",
        "abc, 0, 44bc2cf5ad770999",
        "foo, 0, 33bf00a859c4ba3f",
        "Nobody inspects the spammish repetition, 0, fbcea83c8a378bf1",
        "'', 1, d5afba1336a3be4b",
    })
    void xxHash64IsTheReferencesOne(String text, long seed, String expected) {
        assertThat(Long.toHexString(Hashing.xx(text, seed))).isEqualTo(expected);
    }

    @Test
    void textThatIsNotAsciiIsHashedByItsBytes() {
        // The same bytes, once as UTF-8 of two characters and once read as one character each.
        assertThat(Hashing.xx("é")).isNotEqualTo(Hashing.xx("Ã©")).isNotEqualTo(Hashing.xx("e"));
    }
}

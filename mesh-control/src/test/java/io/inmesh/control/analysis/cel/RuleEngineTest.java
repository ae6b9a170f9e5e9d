package io.inmesh.control.analysis.cel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RuleEngineTest {

    private final RuleEngine engine = new RuleEngine();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "url(self).getScheme() == 'https'",
                "url(self).getHost() == 'a.example:8443'",
                "url(self).getHostname() == 'a.example'",
                "url(self).getPort() == '8443'",
                "url(self).getEscapedPath() == '/x%20y'",
                "url(self).getQuery() == {'k': ['1', '2'], 'l': ['']}",
                "isURL(self)",
                "self.find('[0-9]+') == '8443'",
                "self.findAll('[kl]=?') == ['l', 'k=', 'k=', 'l']",
                "self.substring(0, 5) == 'https'",
                "[1, 2, 3].sum() == 6",
                "[0.5, 1.5].sum() == 2.0",
                "['b', 'a'].min() == 'a' && ['b', 'a'].max() == 'b'",
                "[1, 1, 2].isSorted() && !['b', 'a'].isSorted()",
                "['a', 'b', 'a'].indexOf('a') == 0 && ['a', 'b', 'a'].lastIndexOf('a') == 2 && ['a'].indexOf('z') == -1",
                "['http', 'https'].exists_one(scheme, scheme + '://a.example:8443/x%20y?k=1&k=2&l' == self)",
            })
    void knowsTheFunctionsOfKubernetes(String rule) {
        assertThat(engine.judge(rule, "https://a.example:8443/x%20y?k=1&k=2&l", "false"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://a, true",
        "http://[2001:db8::1]:80/x, true",
        "/path, true",
        "mailto:a@b, true",
        "a.example, false",
        "http://a b, false",
        "http://a%zz, false",
        "://a, false",
        "http://<x>/, false"
    })
    void tellsUrlsAsGoDoes(String text, boolean url) {
        assertThat(engine.judge("isURL(self) == " + url, text, "otherwise")).isEmpty();
    }

    @Test
    void aNumberThatIsNoneIsATypeConversionError() {
        assertThat(engine.judge("int(self) > 0", "acd", "must be a port"))
                .contains("type conversion error from 'string' evaluating rule: must be a port");
    }

    @Test
    void aRuleThatCannotBeUnderstoodRefuses() {
        assertThat(engine.judge("self.nonsense(", "x", "m").orElseThrow()).contains("cannot be understood");
        assertThat(engine.judge("ip(self) == ip('::1')", "x", "m").orElseThrow())
                .contains("cannot be understood");
    }

    @Test
    void aRuleThatTurnsTooOftenIsStopped() {
        List<Long> many = Collections.nCopies(2_000, 1L);
        Optional<String> verdict =
                engine.judge("self.list.all(a, self.list.all(b, a == b))", Map.of("list", many), "m");
        assertThat(verdict.orElseThrow()).startsWith("the rule takes too long");
    }

    @Test
    void aRegexCannotBeMadeSlow() {
        String text = "a".repeat(20_000) + "!";
        assertThat(engine.judge("self.matches('^(a+)+$')", text, "does not match"))
                .contains("does not match");
        assertThat(engine.judge("self.find('(((a*)*)*)*b') == ''", text, "found"))
                .isEmpty();
    }
}

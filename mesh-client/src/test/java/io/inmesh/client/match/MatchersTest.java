package io.inmesh.client.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inmesh.testkit.TextRequest;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchersTest {

    @Nested
    class Paths {

        @ParameterizedTest
        @CsvSource({
            "/api, /api, true", "/api, /api?x=1, true", "/api, /api#f, true",
            "/api, /api/, false", "/api, /API, false", "/api, /ap, false"
        })
        void exactIgnoresQueryAndFragment(String pattern, String path, boolean matches) {
            assertThat(matches(new PathMatcher.Exact(pattern, true), path)).isEqualTo(matches);
        }

        @ParameterizedTest
        @CsvSource({"/api, /apis, true", "/api, /api/x, true", "/api/, /api?/, false", "/api, /AP, false"})
        void prefixCutsSegmentsButNeverReachesIntoTheQuery(String pattern, String path, boolean matches) {
            assertThat(matches(new PathMatcher.Prefix(pattern, true), path)).isEqualTo(matches);
        }

        @ParameterizedTest
        @CsvSource({"/api, /api, true", "/api, /api/v1, true", "/api, /api?a, true", "/api, /apis, false"})
        void pathSeparatedPrefixTakesWholeSegments(String pattern, String path, boolean matches) {
            assertThat(matches(new PathMatcher.PathSeparatedPrefix(pattern, true), path))
                    .isEqualTo(matches);
        }

        @Test
        void letterCaseMayBeIgnored() {
            assertThat(matches(new PathMatcher.Exact("/Api", false), "/aPI?q")).isTrue();
            assertThat(matches(new PathMatcher.Prefix("/Api", false), "/aPIx")).isTrue();
        }

        @Test
        void regexMatchesThePathAsAWhole() {
            PathMatcher matcher = new PathMatcher.Matches(Regex.compile("/v[0-9]+"));
            assertThat(matches(matcher, "/v12?x")).isTrue();
            assertThat(matches(matcher, "/v12/x")).isFalse();
            assertThat(matches(matcher, "x/v12")).isFalse();
        }

        private boolean matches(PathMatcher matcher, String path) {
            return matcher.matches(path, PathMatcher.end(path));
        }
    }

    @Nested
    class Headers {

        private final TextRequest request = TextRequest.get("http://reviews:9080/x")
                .header("end-user", "jason")
                .header("list", "a")
                .header("list", "b")
                .header("line", "a,b")
                .header("number", "41")
                .header("blank", "");

        @Test
        void ofSeveralLinesOneIsEnoughAndEachCountsByItself() {
            assertThat(string("list", new StringMatcher.Exact("a", false), false, false))
                    .isTrue();
            assertThat(string("list", new StringMatcher.Exact("b", false), false, false))
                    .isTrue();
            assertThat(string("list", new StringMatcher.Exact("b", false), true, false))
                    .isFalse();
            assertThat(string("list", new StringMatcher.Exact("a,b", false), false, false))
                    .isFalse();
        }

        @Test
        void aCommaWithinALineIsPartOfItsValue() {
            assertThat(string("line", new StringMatcher.Exact("a,b", false), false, false))
                    .isTrue();
            assertThat(string("line", new StringMatcher.Exact("a", false), false, false))
                    .isFalse();
        }

        @Test
        void anAbsentHeaderMatchesNeitherAValueNorItsOpposite() {
            assertThat(string("absent", new StringMatcher.Exact("a", false), false, false))
                    .isFalse();
            assertThat(string("absent", new StringMatcher.Exact("a", false), true, false))
                    .isFalse();
        }

        @Test
        void anAbsentHeaderMayCountAsEmpty() {
            assertThat(string("absent", new StringMatcher.Exact("a", false), true, true))
                    .isTrue();
            assertThat(string("absent", new StringMatcher.Exact("", false), false, true))
                    .isTrue();
        }

        @Test
        void presenceAndAbsenceAndTheirOpposites() {
            assertThat(HeaderMatcher.present("end-user", true, false, false).matches(request))
                    .isTrue();
            assertThat(HeaderMatcher.present("end-user", true, true, false).matches(request))
                    .isFalse();
            assertThat(HeaderMatcher.present("end-user", false, false, false).matches(request))
                    .isFalse();
            assertThat(HeaderMatcher.present("absent", true, false, false).matches(request))
                    .isFalse();
            assertThat(HeaderMatcher.present("absent", true, true, false).matches(request))
                    .isTrue();
            assertThat(HeaderMatcher.present("absent", false, false, false).matches(request))
                    .isTrue();
            assertThat(HeaderMatcher.present("absent", false, true, false).matches(request))
                    .isFalse();
            assertThat(HeaderMatcher.present("blank", true, false, false).matches(request))
                    .isTrue();
        }

        @Test
        void rangesAreHalfOpenAndOfIntegersOnly() {
            assertThat(HeaderMatcher.range("number", 41, 42, false, false).matches(request))
                    .isTrue();
            assertThat(HeaderMatcher.range("number", 40, 41, false, false).matches(request))
                    .isFalse();
            assertThat(HeaderMatcher.range("end-user", 0, 99, false, false).matches(request))
                    .isFalse();
        }

        @Test
        void pseudoHeadersAreHeaders() {
            assertThat(string(":method", new StringMatcher.Exact("GET", false), false, false))
                    .isTrue();
            assertThat(string(":authority", new StringMatcher.Prefix("reviews", false), false, false))
                    .isTrue();
            assertThat(string(":scheme", new StringMatcher.Exact("http", false), false, false))
                    .isTrue();
            assertThat(string(":path", new StringMatcher.Suffix("x", false), false, false))
                    .isTrue();
        }

        private boolean string(String name, StringMatcher matcher, boolean invert, boolean missingAsEmpty) {
            return HeaderMatcher.string(name, matcher, invert, missingAsEmpty).matches(request);
        }
    }

    @Nested
    class Queries {

        @ParameterizedTest
        @CsvSource({
            "/p?a=1&b=2, b, 2, true",
            "/p?ab=2&b=3, b, 2, false",
            "/p?b=2&b=3, b, 3, false",
            "/p?b, b, '', true",
            "/p#?b=2, b, 2, false",
            "/p?a=b=2, a, b=2, true",
            "/p?x&, b, '', false"
        })
        void theFirstParameterOfTheNameCounts(String path, String name, String value, boolean matches) {
            assertThat(new QueryMatcher(name, new StringMatcher.Exact(value, false), true).matches(path))
                    .isEqualTo(matches);
        }

        @Test
        void presenceCountsAlone() {
            assertThat(new QueryMatcher("a", null, true).matches("/?a")).isTrue();
            assertThat(new QueryMatcher("a", null, true).matches("/?b")).isFalse();
            assertThat(new QueryMatcher("a", null, false).matches("/?b")).isTrue();
            assertThat(new QueryMatcher("a", null, false).matches("/?a=1")).isFalse();
        }
    }

    @Nested
    class Regexes {

        @Test
        void aSmallTextThatUnrollsIntoAHugeProgramIsRefusedUncompiled() {
            for (String bomb : new String[] {
                "((a{1000}){1000}){1000}", "(((x{100}){100}){100}){100}", "[a-z]{999}{999}{999}", "a".repeat(40_000)
            }) {
                assertThatThrownBy(() -> Regex.compile(bomb))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("larger than");
            }
        }

        @Test
        void ordinaryRepetitionsPass() {
            assertThat(Regex.compile("[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12}")
                            .matches("00000000-0000-0000-000000000000"))
                    .isTrue();
        }

        @Test
        void whatRe2DoesNotKnowIsRefused() {
            assertThatThrownBy(() -> Regex.compile("(?=a)b")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> Regex.compile("(")).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void aPatternThatBacktracksElsewhereTakesLinearTimeHere() {
            assertThat(Regex.compile("(a+)+b").matches("a".repeat(20_000))).isFalse();
        }

        @Test
        void substitutionsNameGroupsWithABackslash() {
            assertThat(Regex.compile("/service/([^/]+)(/.*)$").replaceAll("/service/foo/v1/api", "\\2/instance/\\1"))
                    .isEqualTo("/v1/api/instance/foo");
            assertThat(Regex.compile("a").replaceAll("a", "$1\\\\")).isEqualTo("$1\\");
        }
    }

    @Nested
    class Fractions {

        @Test
        void aRandomValueIsTakenModuloTheDenominator() {
            assertThat(new Fraction(30, 100).covers(129)).isTrue();
            assertThat(new Fraction(30, 100).covers(130)).isFalse();
            assertThat(new Fraction(1, 1_000_000).covers(-1L)).isFalse();
        }

        @Test
        void theShareIsWhatItSays() {
            SplittableRandom chance = new SplittableRandom(7);
            long hits = 0;
            for (int i = 0; i < 100_000; i++) {
                hits += new Fraction(25, 100).covers(chance) ? 1 : 0;
            }
            assertThat(hits).isBetween(24_500L, 25_500L);
        }
    }
}

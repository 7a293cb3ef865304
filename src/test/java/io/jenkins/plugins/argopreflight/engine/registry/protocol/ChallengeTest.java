package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChallengeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Bearer realm=\"https://a/t\",service=\"s\",scope=\"repository:a/b:pull,push\" | bearer | scope | repository:a/b:pull,push",
                "BEARER REALM=\"https://a/t\" , Service = s                                   | bearer | service | s",
                "Basic realm=\"a \\\"quoted\\\" realm\"                                       | basic  | realm | a \"quoted\" realm",
                "Basic                                                                        | basic  | realm | ~~",
                "Basic realm=unquoted                                                         | basic  | realm | unquoted",
                "Bearer realm=\"https://never/closed                                          | bearer | realm | https://never/closed",
                ",,, Bearer realm=x                                                           | bearer | realm | x",
                "Bearer realm=\"a\",realm=\"b\"                                               | bearer | realm | a",
            })
    void shouldReadTolerantly(String header, String scheme, String parameter, String value) {
        Challenge challenge = Challenge.parse(List.of(header)).get(0);
        assertThat(challenge.scheme()).isEqualTo(scheme);
        assertThat(challenge.get(parameter)).isEqualTo(value);
    }

    @Test
    void shouldReadSeveralOfOneHeaderAndOfSeveral() {
        List<Challenge> all = Challenge.parse(List.of(
                "Negotiate, Basic realm=\"x, y\", Bearer realm=\"https://a\",scope=\"p,q\"",
                "Negotiate YII==",
                "NTLM"));
        assertThat(all)
                .extracting(Challenge::scheme)
                .containsExactly("negotiate", "basic", "bearer", "negotiate", "ntlm");
        assertThat(all.get(1).get("realm")).isEqualTo("x, y");
        assertThat(all.get(2).get("scope")).isEqualTo("p,q");
    }

    @Test
    void shouldReadGarbageInLinearTime() {
        String[] garbage = {"\"".repeat(1 << 20), "a".repeat(1 << 20), "a=\"\\".repeat(1 << 18), ",=".repeat(1 << 19)};
        long start = System.nanoTime();
        for (String header : garbage) {
            assertThat(Challenge.parse(List.of(header))).hasSizeLessThanOrEqualTo(32);
        }
        assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }
}

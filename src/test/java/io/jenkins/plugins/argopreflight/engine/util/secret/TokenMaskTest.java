package io.jenkins.plugins.argopreflight.engine.util.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenMaskTest {

    private static final String TOKEN = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhcmdvLWJsb2NrIn0.c2lnbmF0dXJlLV8x";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TOKEN | ****",
                "'+ curl -H Authorization: Bearer TOKEN https://x' | '+ curl -H Authorization: Bearer **** https://x'",
                "'\"token\":\"TOKEN\",\"other\":\"TOKEN\"' | '\"token\":\"****\",\"other\":\"****\"'",
                "'x=TOKEN' | 'x=****'",
                "'TOKEN.more' | '****.more'",
                "'eyJ.eyJ.TOKEN' | 'eyJ.eyJ.****'",
                "'eyJhbGciOiJSUzI1NiJ9.short.TOKEN' | 'eyJhbGciOiJSUzI1NiJ9.short.****'",
            })
    void shouldMaskTokens(String text, String masked) {
        assertThat(TokenMask.mask(text.replace("TOKEN", TOKEN))).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "eyJ",
                "eyJhbGciOiJSUzI1NiJ9",
                "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhcmdvLWJsb2NrIn0",
                "eyJhbGciOiJSUzI1NiJ9..c2lnbmF0dXJlLV8x",
                "registry.example.com/team/image:v1.2"
            })
    void shouldLeaveOtherText(String text) {
        assertThat(TokenMask.mask(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJ", "eyJ.", "eyJaaaaaaaaaaa.", "eyJaaaaaaaaaaa.aaaaaaaaaaaaa,", "a"})
    void shouldTakeTimeThatGrowsWithTheLengthOnly(String part) {
        String text = part.repeat(2_000_000 / part.length());
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> TokenMask.mask(text));
    }

    @Test
    void shouldMaskTokensThatFollowEachOther() {
        assertThat(TokenMask.mask(TOKEN + "." + TOKEN)).isEqualTo("****.****");
    }
}

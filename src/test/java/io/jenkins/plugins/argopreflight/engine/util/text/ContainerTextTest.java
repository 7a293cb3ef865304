package io.jenkins.plugins.argopreflight.engine.util.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainerTextTest {

    private static final String PARTS = "\u001b[]8mKha:;1?PX^_\\\u0007\u009b\u009d\u009c\r\t\b\u0085#v:\u202e3";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u001b[2Kb",
                "a\u001b[1;1Hb",
                "a\u001b[8mb",
                "a\u001b[0;8mb",
                "a\u001b[31;08mb",
                "a\u001b[5mb",
                "a\u001b[38:2:1:1:1mb",
                "a\u009b8mb",
                "a\u001b]0;title\u0007b",
                "a\u001b]8;;https://example.com\u001b\\b",
                "a\u001bPq\u001b\\b",
                "a\u001bcb",
                "a\u001b(Bb",
                "a\u0008\u0007\u0000b",
                "a\u0085b",
                "a\u001b[?25lb"
            })
    void shouldRemoveControlSequences(String line) {
        assertThat(ContainerText.lines(line)).containsExactly("ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31ma\u001b[0m",
                "\u001b[1;97;44ma",
                "\u001b[38;5;8ma\u001b[m",
                "\u001b[48;2;8;8;8;4ma",
                "a\tb"
            })
    void shouldKeepColours(String line) {
        assertThat(ContainerText.lines(line)).containsExactly(line);
        assertThat(ContainerText.plain(List.of(line))).allMatch(plain -> plain.indexOf('\u001b') < 0);
    }

    /** The characters around a removed sequence do not form a new one. */
    @Test
    void shouldMakeNoSequenceOfTheRest() {
        assertThat(ContainerText.lines("\u001b\u001b[2K[8mx")).containsExactly("[8mx");
        assertThat(ContainerText.lines("\u001b\u0000[8mx")).containsExactly("[8mx");
        assertThat(ContainerText.lines("\u001b\u001b[31m[8mx")).containsExactly("\u001b[31m[8mx");
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder line = new StringBuilder();
            for (int j = 0; j < 12; j++) {
                line.append(PARTS.charAt(random.nextInt(PARTS.length())));
            }
            ContainerText.lines(line.toString()).forEach(text -> {
                assertThat(Visible.withoutColours(text)).doesNotContainPattern("[\\p{Cntrl}\u0080-\u009f&&[^\t]]");
                assertThat(Visible.print(text)).doesNotContain("\u001b[8m");
            });
        }
    }

    @Test
    void shouldTakeACarriageReturnAsALineBreak() {
        assertThat(ContainerText.lines("a\rb\r\r")).containsExactly("a", "b");
        assertThat(ContainerText.lines("a\r")).containsExactly("a");
        assertThat(ContainerText.lines("\r")).containsExactly("");
        assertThat(ContainerText.lines("")).containsExactly("");
    }

    @Test
    void shouldShowTheBeginningAndTheEndOfAProgress() {
        assertThat(ContainerText.lines("1\r2\r3\r4\r5\r6\r7\r8\r9\r10")).hasSize(10);
        assertThat(ContainerText.lines("1\r2\r3\r4\r5\r6\r7\r8\r9\r10\r11"))
                .containsExactly("1", "2", "3", "4", "5", "… 2 more …", "8", "9", "10", "11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[1;", "\u009d", "\u001b]x", "\r", "1;1;1;", "\u001b[38;5;1;", "\u001b"})
    @Timeout(value = 10, unit = TimeUnit.SECONDS)
    void shouldTakeTimeInProportionToALine(String part) {
        String line = "\u001b[" + part.repeat((1 << 20) / part.length());
        assertThatCode(() -> ContainerText.lines(line).forEach(Visible::print)).doesNotThrowAnyException();
    }
}

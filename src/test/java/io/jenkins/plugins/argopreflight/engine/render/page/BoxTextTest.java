package io.jenkins.plugins.argopreflight.engine.render.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxTextTest {

    @ParameterizedTest
    @CsvSource({
        "build, build",
        "compile-linux-amd64, compile-|linux-amd64",
        "compile-linux-amd64(3:arm), compile-|linux-amd64…",
        "abcdefghijklmnopqrst, abcdefghijkl|mnopqrst",
        "'a step, of words', 'a step, of|words'",
    })
    void shouldBreakANameIntoTwoLines(String name, String lines) {
        assertThat(BoxText.lines(name, 12, 2)).isEqualTo(Arrays.asList(lines.split("\\|")));
    }

    @Test
    void shouldKeepAWholeCause() {
        String cause = "Container main ended with exit code 3 after it could not log in to the database";
        assertThat(String.join(" ", BoxText.lines(cause, 20, 12))).isEqualTo(cause);
    }

    @Test
    void shouldNotCutACharacterInHalf() {
        assertThat(BoxText.lines("😀".repeat(30), 12, 2)).containsExactly("😀".repeat(12), "😀".repeat(11) + "…");
    }
}

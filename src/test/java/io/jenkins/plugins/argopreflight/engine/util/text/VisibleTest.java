package io.jenkins.plugins.argopreflight.engine.util.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.fix.Hostile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VisibleTest {

    @Test
    void shouldShowWhatHidesAsAnEscape() {
        assertThat(Visible.line("a\u202eb\u200bc\ufeff\u2028\u001b[2J\u009b\u0000\u007f"))
                .isEqualTo("a\\u202eb\\u200bc\\ufeff\\u2028\\u001b[2J\\u009b\\u0000\\u007f");
        assertThat(Visible.line(new String(Character.toChars(0xE0041)))).isEqualTo("\\udb40\\udc41");
        assertThat(Visible.line("a\r\nb\tc")).isEqualTo("a b c");
        assertThat(Visible.line("ü 漢字 … 👍")).isEqualTo("ü 漢字 … 👍");
    }

    @Test
    void shouldChangeNothingTwice() {
        Hostile.HIDDEN.forEach(value -> {
            String once = Visible.line(value);
            assertThat(Visible.isVisible(once)).as(once).isTrue();
            assertThat(Visible.line(once)).isEqualTo(once);
            assertThat(Visible.log(Visible.log(value))).isEqualTo(Visible.log(value));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"::error::x", "  ::error::x", "\u00a0\u3000::x", "##[group]x", " ##vso[a]x", "\u001b[1m ::x"})
    void shouldGiveNoCommandToARunner(String line) {
        String output = Visible.output(line);
        String trimmed = output.replace("\u001b[1m", "").replaceFirst("^[\\s\u00a0\u3000]+", "");
        assertThat(trimmed).matches("\\\\u00(3a:|23#).*");
    }

    /** GitHub's runner and Azure's agent look for these in the whole line. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "image a##[add-mask]x not found",
                "  FAIL ##vso[task.setvariable variable=a]b",
                "##VSO[a]b ##[c]d",
                "###[a]",
                "\"title\" : \"####[add-matcher]/tmp/x\"",
                "a::b ##Vso[c]",
                "a ##teamcity[testFailed name='x']"
            })
    void shouldGiveNoCommandInTheMiddleOfALine(String line) {
        String output = Visible.output(line);
        assertThat(output).doesNotContainPattern("(?i)##(vso|teamcity)?\\[").contains("\\u0023#");
        assertThat(output.replace("\\u0023", "#")).isEqualTo(line);
        assertThat(Visible.output(output)).isEqualTo(output);
        assertThat(Visible.print(line)).isEqualTo(output);
    }

    /** GitLab's and Travis' folded sections. */
    @ParameterizedTest
    @ValueSource(strings = {"section_start:1700000000:a", "x section_end:1:a[collapsed=true]", "travis_fold:start:a"})
    void shouldFoldNoLines(String line) {
        String output = Visible.output(line);
        assertThat(output).doesNotContainPattern("(section_start|section_end|travis_fold):");
        assertThat(output.replace("\\u003a", ":")).isEqualTo(line);
        assertThat(Visible.output(output)).isEqualTo(output);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a::b",
                "section_start: now",
                "section_start:a",
                "a#[b]",
                "## [x]",
                "##vs[x]",
                "a ::b",
                "# comment",
                "## heading",
                "",
                ":a"
            })
    void shouldLeaveOtherLinesAlone(String line) {
        assertThat(Visible.output(line)).isEqualTo(line);
    }

    @Test
    void shouldKeepTheColoursOfWhatAProgramPrints() {
        assertThat(Visible.print("\u001b[1;31mFAIL\u001b[0m a\u202eb\u001b[2J"))
                .isEqualTo("\u001b[1;31mFAIL\u001b[0m a\\u202eb\\u001b[2J");
    }
}

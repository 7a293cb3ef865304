package io.jenkins.plugins.argopreflight.engine.model.fix;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FixNoteTest {

    private static final FixNote.Addition EXISTING = new FixNote.Addition(true, List.of());

    @Test
    void shouldWriteTheSameAdditionsWithAndWithoutTheWordOr() {
        for (String text : List.of("", "leave it", "leave it:")) {
            FixNote note = FixNote.or(text).with(EXISTING);
            assertThat(note.ifAlternative()).hasValue(note.sentence().substring("or ".length()));
        }
    }

    @Test
    void shouldWriteTheRemovalUnlessTheNoteNamesIt() {
        ChangeField change = ChangeField.to(Yaml.of("a: 1")).without("b");
        FixNote removing = FixNote.removing("instead of b:");

        assertThat(Shell.text(change.with(removing))).isEqualTo("# instead of b:\na: 1");
        assertThat(Shell.text(change.with(removing.with(EXISTING)))).doesNotContain("and remove b");
        assertThat(Shell.text(change.with(removing).with(FixNote.of("to start:"))))
                .isEqualTo("# to start:\na: 1\n# and remove b");
    }

    @Test
    void shouldKeepTheChoiceOfAPersonsAction() {
        assertThat(new AskPerson("operators", FixNote.or("allow it")).note().ifAlternative())
                .hasValue("operators: allow it");
    }
}

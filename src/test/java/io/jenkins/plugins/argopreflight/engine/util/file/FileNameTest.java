package io.jenkins.plugins.argopreflight.engine.util.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    private static final Path FOLDER = Path.of("folder");

    @ParameterizedTest
    @CsvSource({
        "compile(0), compile(0)",
        "pod-1.main.log, pod-1.main.log",
        "../x, .._x",
        ".., _",
        "., _",
        "'', _",
        "a b/ü, a_b__",
        "a., a_",
        "nul, _nul",
        "COM1.log, _COM1.log",
        "console, console",
    })
    void shouldMakeANameOfAnyText(String text, String name) {
        assertThat(FileName.of(text)).isEqualTo(name);
        assertThat(FileName.in(FOLDER, name)).isEqualTo(Path.of("folder", name));
    }

    @Test
    void shouldCutALongTextToANameOfItsOwn() {
        String one = FileName.of("a".repeat(1_000) + "1");
        String other = FileName.of("a".repeat(1_000) + "2");
        assertThat(one).hasSizeLessThan(120).isNotEqualTo(other);
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "/etc", "a\\b", "C:", "a\u0000", "a\nb"})
    void shouldLeaveNoFolder(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> FileName.in(FOLDER, "a", name, "b"));
    }

    @Test
    void shouldRefuseANameThatNoFileSystemAccepts() {
        assertThat(FileName.in(FOLDER, "a".repeat(255))).hasFileName("a".repeat(255));
        assertThatIllegalArgumentException().isThrownBy(() -> FileName.in(FOLDER, "ü".repeat(128)));
    }
}

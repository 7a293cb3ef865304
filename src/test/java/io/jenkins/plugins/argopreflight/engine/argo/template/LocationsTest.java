package io.jenkins.plugins.argopreflight.engine.argo.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocationsTest {

    /** The paths are those of Go's path/path_test.go, and some that a Windows controller does not read as a path. */
    @ParameterizedTest
    @CsvSource({
        "'', .",
        "abc, abc",
        "abc/def, abc/def",
        ".., ..",
        "../../abc, ../../abc",
        "/abc, /abc",
        "/, /",
        "abc/, abc",
        "/abc/, /abc",
        "abc//def//ghi, abc/def/ghi",
        "//abc, /abc",
        "abc/./def, abc/def",
        "/./abc/def, /abc/def",
        "abc/def/ghi/../jkl, abc/def/jkl",
        "abc/def/.., abc",
        "abc/def/../.., .",
        "/abc/def/../.., /",
        "abc/def/../../.., ..",
        "/abc/def/../../.., /",
        "abc/def/../../../ghi/jkl/../../../mno, ../../mno",
        "'/tmp/a:b?*', '/tmp/a:b?*'",
    })
    void shouldCleanAPathAsGoDoes(String path, String cleaned) {
        assertThat(Locations.clean(path)).isEqualTo(cleaned);
    }
}

package io.jenkins.plugins.argopreflight.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

class SkippedTestsTest {

    private static class Inherited {
        @Test
        void inherited() {}
    }

    private static final class Sample extends Inherited {
        @ParameterizedTest
        void parameterized(String argument) {}

        @TestFactory
        Object factory() {
            return null;
        }

        void helper() {}

        @Nested
        class Inner {
            @Test
            void nested() {}
        }
    }

    @Test
    void shouldCountEveryKindOfTestOnce() {
        assertThat(SkippedTests.testsIn(Sample.class)).isEqualTo(4);
    }

    @Test
    void shouldSayWhatToDo() {
        assertThat(SkippedTests.message(37))
                .isEqualTo(
                        "SKIPPED 37 tests that need real servers (no Go, no KUBEBUILDER_ASSETS): run tools/build.sh");
        assertThat(SkippedTests.message(1)).startsWith("SKIPPED 1 test that needs real servers");
    }
}

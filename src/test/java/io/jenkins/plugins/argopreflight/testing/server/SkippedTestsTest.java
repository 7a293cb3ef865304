package io.jenkins.plugins.argopreflight.testing.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;

/** The samples are abstract, or JUnit would run them. */
class SkippedTestsTest {

    abstract static class Inherited {
        @Test
        void inherited() {}
    }

    abstract static class Sample extends Inherited {
        @ParameterizedTest
        void parameterized(String argument) {}

        @TestFactory
        Stream<DynamicTest> factory() {
            return Stream.empty();
        }

        void helper() {}

        /** Inherits itself as a nested class. */
        static final class Helper extends Sample {}

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
        assertThat(SkippedTests.message(37, List.of("crane", "etcd")))
                .isEqualTo("SKIPPED 37 tests that need real servers (missing: crane, etcd):"
                        + " run tools/build.sh, which needs Go, or set KUBEBUILDER_ASSETS");
        assertThat(SkippedTests.message(1, List.of("etcd"))).startsWith("SKIPPED 1 test that needs real servers");
    }
}

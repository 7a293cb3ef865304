package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.testing.Architecture;
import io.jenkins.plugins.argopreflight.testing.PathRule;
import org.junit.jupiter.api.Test;

class CliArchitectureTest {

    @Test
    void shouldUseOnlyWhatTheDrawingAllows() {
        Architecture.ofTheProject().check(Architecture.classesIn("io.jenkins.plugins.argopreflight.cli"));
    }

    @Test
    void shouldMakePathsOfNamesInOnePlaceOnly() {
        PathRule.check(Architecture.classesIn("io.jenkins.plugins.argopreflight.cli"));
    }
}

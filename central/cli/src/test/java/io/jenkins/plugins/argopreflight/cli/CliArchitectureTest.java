package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.testing.Architecture;
import org.junit.jupiter.api.Test;

class CliArchitectureTest {

    @Test
    void shouldUseOnlyWhatTheDrawingAllows() {
        Architecture.ofTheProject().check(Architecture.classesIn("io.jenkins.plugins.argopreflight.cli"));
    }
}

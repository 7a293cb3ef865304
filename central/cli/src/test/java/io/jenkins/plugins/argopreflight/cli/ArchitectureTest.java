package io.jenkins.plugins.argopreflight.cli;

import io.jenkins.plugins.argopreflight.testing.Architecture;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void shouldUseOnlyWhatTheDrawingAllows() {
        Architecture.ofTheHouse().check(Architecture.classesIn("io.jenkins.plugins.argopreflight.cli"));
    }
}

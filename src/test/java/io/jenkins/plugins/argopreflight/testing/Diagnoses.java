package io.jenkins.plugins.argopreflight.testing;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import java.util.List;
import java.util.Set;

/** Diagnoses of a workflow with nothing but causes. */
public final class Diagnoses {

    private Diagnoses() {}

    /** Returns the diagnosis of workflow {@code build} in this namespace and phase. */
    public static Diagnosis of(String namespace, String phase, Cause... causes) {
        return new Diagnosis(
                "build",
                namespace,
                "u",
                phase,
                "",
                List.of(causes),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Diagnosis.Cost(0, 0, 0),
                "",
                List.of(),
                Set.of());
    }
}

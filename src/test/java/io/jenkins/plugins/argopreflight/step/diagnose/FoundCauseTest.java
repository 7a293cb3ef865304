package io.jenkins.plugins.argopreflight.step.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.diagnose.Cause;
import io.jenkins.plugins.argopreflight.engine.diagnose.Diagnosis;
import io.jenkins.plugins.argopreflight.engine.diagnose.Evidence;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.facts.change.RecordedState;
import io.jenkins.plugins.argopreflight.testing.Diagnoses;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FoundCauseTest {

    private static Cause failed(String title, Evidence... evidence) {
        return new Cause(
                "container-failed",
                title,
                new Cause.Subject("Workflow", "ci", "build", "main", ""),
                "",
                true,
                Next.RESUBMIT,
                List.of(),
                List.of(evidence),
                List.of(),
                List.of());
    }

    private static String cause(Cause... causes) {
        Diagnosis diagnosis = Diagnoses.of("ci", "Failed", causes);
        return new StepDiagnosis.Found(diagnosis, "", "", RecordedState.NONE).cause();
    }

    @Test
    void shouldEndTheStepWithTheLastLinesOfEachFailedContainer() {
        Evidence state = new Evidence("Pod ci/one", "status", "Error (exit code 3)", "", 1);
        assertThat(cause(
                        failed(
                                "Container main ended with exit code 3",
                                state,
                                Evidence.ofLog("Pod ci/one", "main", "connect to db"),
                                Evidence.ofLog("Pod ci/one", "main", "FATAL password authentication failed")),
                        failed("Other", Evidence.ofLog("Pod ci/two", "main", "bye"))))
                .isEqualTo("""
                        Container main ended with exit code 3
                          Pod ci/one log of container main:
                            > connect to db
                            > FATAL password authentication failed
                          Pod ci/two log of container main:
                            > bye""");
    }

    @Test
    void shouldBeOneSentenceWithoutLines() {
        assertThat(cause(failed("Container main ended with exit code 3")))
                .isEqualTo("Container main ended with exit code 3");
        assertThat(cause()).isEmpty();
    }

    /** The log of a step repeats no result that differs from the one before only in the time that it took. */
    @Test
    void shouldBeShownAsAResultWithOtherCosts() {
        Cause cause = failed("Container main ended with exit code 3");
        StepDiagnosis.Found found = found(1, cause);

        assertThat(found.forLog()).isEqualTo(found(2, cause).forLog());
        assertThat(found.forLog())
                .isNotEqualTo(found(1, failed("Container main ended with exit code 4"))
                        .forLog());
        assertThat(found(1, cause, cause, cause, cause).forLog())
                .as("the log has only the first three causes")
                .isEqualTo(found(1, cause, cause, cause).forLog());
    }

    private static StepDiagnosis.Found found(long wallMillis, Cause... causes) {
        Diagnosis one = Diagnoses.of("ci", "Failed", causes);
        Diagnosis timed = new Diagnosis(
                one.workflow(),
                one.namespace(),
                one.uid(),
                one.phase(),
                one.message(),
                one.causes(),
                one.consequences(),
                one.waiting(),
                one.notes(),
                one.unknown(),
                new Diagnosis.Cost(1, 0, wallMillis * 100),
                one.changedSince(),
                one.changed(),
                Set.of("node-" + wallMillis));
        return new StepDiagnosis.Found(timed, wallMillis + " s", "", RecordedState.NONE);
    }
}

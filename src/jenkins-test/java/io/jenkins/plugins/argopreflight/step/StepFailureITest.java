package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import hudson.AbortException;
import org.junit.jupiter.api.Test;

/** Needs Jenkins' own exception; the rest is in StepFailureTest. */
class StepFailureITest {

    @Test
    void shouldShowWhatHidesInASentence() {
        Throwable failure = StepFailure.presentable(
                new AbortException("Workflow ci/build ended: \u001b[2J\u202etxt\r\n::error::no"));

        assertThat(failure).isInstanceOf(AbortException.class);
        assertThat(failure.getMessage()).isEqualTo("Workflow ci/build ended: \\u001b[2J\\u202etxt\n\\u003a:error::no");
        AbortException plain = new AbortException("nothing hides here");
        assertThat(StepFailure.presentable(plain)).isSameAs(plain);
        InterruptedException interruption = new InterruptedException();
        assertThat(StepFailure.presentable(interruption)).isSameAs(interruption);
    }

    /** A build stores the failure, so the failure has a class of Jenkins. */
    @Test
    void shouldEndAStepWithoutItsParametersWithAnErrorOfJenkins() {
        StepFailure failure = StepFailure.of(new StepUsageException("argoSubmit submits one workflow"));

        assertThat(failure.throwable()).isExactlyInstanceOf(AbortException.class);
        assertThat(failure.throwable().getMessage()).isEqualTo("argoSubmit submits one workflow");
        assertThat(failure.prefix("argoSubmit")).isEmpty();
    }

    /** The message of an error can begin with the name of a user's file. */
    @Test
    void shouldNameTheStepBeforeAMessageOfAnotherKind() {
        StepFailure failure = StepFailure.of(new AbortException("argoSubmit.yaml: no such file"));

        assertThat(failure.prefix("argoSubmit") + failure.throwable().getMessage())
                .isEqualTo("argoSubmit: argoSubmit.yaml: no such file");
    }
}

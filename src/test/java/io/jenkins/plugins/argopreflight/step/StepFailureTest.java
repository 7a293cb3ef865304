package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class StepFailureTest {

    @Test
    void shouldHaveOneSentenceForEachErrorOfTheMachine() {
        assertThat(StepFailure.sentence(new StackOverflowError("deep")))
                .hasValue(
                        "The step ended with an internal error (StackOverflowError); the log of Jenkins has the details,"
                                + " please report it.");
        assertThat(StepFailure.sentence(new NoClassDefFoundError("a/B")))
                .hasValueSatisfying(sentence ->
                        assertThat(sentence).contains("NoClassDefFoundError").doesNotContain("a/B"));
        assertThat(StepFailure.sentence(new OutOfMemoryError("Java heap space")))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("ran out of memory"));
    }

    @Test
    void shouldNotQuoteTheMessageOfAnInternalError() {
        assertThat(StepFailure.sentence(new IllegalStateException("Pa55word")))
                .hasValueSatisfying(sentence -> assertThat(sentence).doesNotContain("Pa55word"));
    }

    @Test
    void shouldKeepTheSentenceOfTheCluster() {
        assertThat(StepFailure.sentence(new ClusterException(ClusterException.Kind.UNREACHABLE, "no answer", null)))
                .hasValue("no answer");
    }

    @Test
    void shouldLetInterruptionsAndOtherErrorsPass() {
        assertThat(StepFailure.sentence(new InterruptedException())).isEmpty();
        assertThat(StepFailure.sentence(new IOException("no file matches"))).isEmpty();
    }
}

package io.jenkins.plugins.argopreflight.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.model.Result;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.junit.jupiter.api.Test;

/** Needs the genuine class StepContext; the lines of a description are in DescriptionLinesTest. */
class BuildDescriptionITest {

    @Test
    void shouldNameTheStepWhoseFailureCannotBeDescribed() {
        List<LogRecord> records = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                records.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(BuildDescription.class.getName());
        logger.addHandler(handler);
        try {
            BuildDescription.addSentence(new ContextWithoutBuild(), "owner", "argoSubmit", "The workflow failed.");
        } finally {
            logger.removeHandler(handler);
        }

        assertThat(records)
                .extracting(LogRecord::getMessage)
                .containsExactly("the failure of argoSubmit cannot be described at its build");
    }

    /** The context of a step whose build cannot be read. */
    private static final class ContextWithoutBuild extends StepContext {

        private static final long serialVersionUID = 1L;

        @Override
        public <T> T get(Class<T> key) throws IOException {
            throw new IOException("no build");
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setResult(Result result) {
            throw new IllegalStateException();
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }

        @Override
        public BodyInvoker newBodyInvoker() {
            throw new IllegalStateException();
        }

        @Override
        public void onSuccess(Object result) {
            throw new IllegalStateException();
        }

        @Override
        public void onFailure(Throwable failure) {
            throw new IllegalStateException();
        }

        @Override
        public ListenableFuture<Void> saveState() {
            throw new IllegalStateException();
        }
    }
}

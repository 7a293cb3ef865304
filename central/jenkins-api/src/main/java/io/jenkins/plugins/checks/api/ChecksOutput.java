package io.jenkins.plugins.checks.api;

import java.util.List;

public class ChecksOutput {

    private ChecksOutput() {}

    public static class ChecksOutputBuilder {

        public ChecksOutputBuilder() {
            throw new UnsupportedOperationException();
        }

        public ChecksOutput build() {
            throw new UnsupportedOperationException();
        }

        public ChecksOutput.ChecksOutputBuilder withAnnotations(List<ChecksAnnotation> annotations) {
            throw new UnsupportedOperationException();
        }

        public ChecksOutput.ChecksOutputBuilder withSummary(String summary) {
            throw new UnsupportedOperationException();
        }

        public ChecksOutput.ChecksOutputBuilder withText(String text) {
            throw new UnsupportedOperationException();
        }

        public ChecksOutput.ChecksOutputBuilder withTitle(String title) {
            throw new UnsupportedOperationException();
        }
    }
}

package io.jenkins.plugins.checks.api;

public class ChecksAnnotation {

    private ChecksAnnotation() {}

    public enum ChecksAnnotationLevel {
        FAILURE,
        NOTICE,
        WARNING
    }

    public static class ChecksAnnotationBuilder {

        public ChecksAnnotationBuilder() {
            throw new UnsupportedOperationException();
        }

        public ChecksAnnotation build() {
            throw new UnsupportedOperationException();
        }

        public ChecksAnnotation.ChecksAnnotationBuilder withAnnotationLevel(
                ChecksAnnotation.ChecksAnnotationLevel level) {
            throw new UnsupportedOperationException();
        }

        public ChecksAnnotation.ChecksAnnotationBuilder withLine(int line) {
            throw new UnsupportedOperationException();
        }

        public ChecksAnnotation.ChecksAnnotationBuilder withMessage(String message) {
            throw new UnsupportedOperationException();
        }

        public ChecksAnnotation.ChecksAnnotationBuilder withPath(String path) {
            throw new UnsupportedOperationException();
        }

        public ChecksAnnotation.ChecksAnnotationBuilder withRawDetails(String rawDetails) {
            throw new UnsupportedOperationException();
        }

        public ChecksAnnotation.ChecksAnnotationBuilder withTitle(String title) {
            throw new UnsupportedOperationException();
        }
    }
}

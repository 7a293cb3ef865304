package io.jenkins.plugins.argopreflight.action;

import java.util.Objects;

/** The error for a report that cannot be shown. Its message is a sentence for the reader. */
public final class ReportUnreadableException extends Exception {

    private static final long serialVersionUID = 1L;

    ReportUnreadableException(String sentence) {
        super(sentence);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

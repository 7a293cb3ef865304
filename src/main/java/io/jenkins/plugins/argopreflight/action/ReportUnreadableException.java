package io.jenkins.plugins.argopreflight.action;

import java.util.Objects;

/** A report that cannot be shown; the message is a sentence for the one who wants to read it. */
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

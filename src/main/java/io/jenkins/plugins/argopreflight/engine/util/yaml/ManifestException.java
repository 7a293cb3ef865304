package io.jenkins.plugins.argopreflight.engine.util.yaml;

import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.Objects;

/** An error in a file that is not a valid manifest. Its message is one line with the location and the reason. */
public final class ManifestException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Location location;
    private final String why;
    private final boolean unrendered;

    public ManifestException(Location location, String reason) {
        this(location, reason, "");
    }

    /**
     * Creates an error with a hint after the reason.
     *
     * @param unrendered a hint that the file looks like a template that was not rendered, or ""
     */
    ManifestException(Location location, String reason, String unrendered) {
        this(location, Visible.joined(reason.strip(), "; ") + unrendered, !unrendered.isEmpty());
    }

    /**
     * Creates the error of a text over a limit of the run.
     *
     * @param limit the limit, which becomes the cause
     */
    ManifestException(Location location, OverBudget limit) {
        this(location, limit.getMessage());
        initCause(limit);
    }

    private ManifestException(Location location, String why, boolean unrendered) {
        super(location + ": " + why);
        this.location = Objects.requireNonNull(location, "location");
        this.why = why;
        this.unrendered = unrendered;
    }

    /**
     * Returns this error with a hint that the file looks like a template that was not rendered, or this error if the
     * hint is "".
     */
    ManifestException with(String unrendered) {
        return unrendered.isEmpty() ? this : new ManifestException(location, why, unrendered);
    }

    /** Returns the message without the location. */
    public String why() {
        return why;
    }

    /** Returns whether the file looks like a template, such as one of Helm, that was not rendered. */
    boolean isUnrendered() {
        return unrendered;
    }

    public Location location() {
        return location;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

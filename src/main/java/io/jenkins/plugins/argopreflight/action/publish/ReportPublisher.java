package io.jenkins.plugins.argopreflight.action.publish;

import hudson.ExtensionPoint;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** A publisher that shows findings with another plugin. It is present only if that plugin is installed. */
public interface ReportPublisher extends ExtensionPoint {

    /** The places that a Jenkinsfile can exclude. */
    enum Place {
        /** Checks at the commit in the source code host. */
        CHECKS,
        /** The test results of the build. */
        TESTS
    }

    Place place();

    /**
     * Publishes a report.
     *
     * @throws IOException if it could not be published, which does not fail the build
     */
    void publish(Publication publication, StepContext context) throws IOException, InterruptedException;
}

package io.jenkins.plugins.argopreflight.publish;

import hudson.ExtensionPoint;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Another plugin's place in which the findings show as well; there only when that plugin is. */
public interface ReportPublisher extends ExtensionPoint {

    /** Where a Jenkinsfile can want not to have it. */
    enum Place {
        /** Checks at the change in the source code's home. */
        CHECKS,
        /** The build's test results. */
        TESTS
    }

    Place place();

    /** @throws IOException when it could not be reported there, which is no reason for the build to fail */
    void publish(Publication publication, StepContext context) throws IOException, InterruptedException;
}

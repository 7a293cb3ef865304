package io.jenkins.plugins.argopreflight.action.publish;

import hudson.ExtensionList;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.action.publish.ReportPublisher.Place;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.io.IOException;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Publishes a report with all available publishers. */
public final class Publishers {

    private static final Logger LOGGER = Logger.getLogger(Publishers.class.getName());

    private Publishers() {}

    /**
     * Publishes a report.
     *
     * @param unwanted the places that the step excludes
     */
    public static void publish(Publication publication, Set<Place> unwanted, StepContext context)
            throws IOException, InterruptedException {
        for (ReportPublisher publisher : ExtensionList.lookup(ReportPublisher.class)) {
            if (!unwanted.contains(publisher.place())) {
                publish(publisher, publication, context);
            }
        }
    }

    /** Publishes a report in one place. An error is only logged, since the report is already on the build page. */
    private static void publish(ReportPublisher publisher, Publication publication, StepContext context)
            throws IOException, InterruptedException {
        try {
            publisher.publish(publication, context);
        } catch (IOException | RuntimeException | LinkageError e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot publish " + publication.url());
            context.get(TaskListener.class)
                    .getLogger()
                    .println(Visible.log(
                            publisher.place() == Place.CHECKS
                                    ? Messages.Publishers_noCheck(
                                            e.getClass().getSimpleName(), String.valueOf(e.getMessage()))
                                    : Messages.Publishers_noTests(
                                            e.getClass().getSimpleName(), String.valueOf(e.getMessage()))));
        }
    }
}

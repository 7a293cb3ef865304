package io.jenkins.plugins.argopreflight.publish;

import hudson.ExtensionList;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import io.jenkins.plugins.argopreflight.publish.ReportPublisher.Place;
import java.io.IOException;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** Reports a report to all places that are there. */
public final class Publishers {

    private static final Logger LOGGER = Logger.getLogger(Publishers.class.getName());

    private Publishers() {}

    /** @param unwanted where it shall not show */
    public static void publish(Publication publication, Set<Place> unwanted, StepContext context)
            throws IOException, InterruptedException {
        for (ReportPublisher publisher : ExtensionList.lookup(ReportPublisher.class)) {
            if (!unwanted.contains(publisher.place())) {
                publish(publisher, publication, context);
            }
        }
    }

    /** The report is on the build page already: what another plugin cannot take changes nothing of that. */
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

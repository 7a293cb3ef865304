package io.jenkins.plugins.argopreflight.action.publish;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.action.publish.CheckContent.Note;
import io.jenkins.plugins.checks.api.ChecksAnnotation;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationBuilder;
import io.jenkins.plugins.checks.api.ChecksAnnotation.ChecksAnnotationLevel;
import io.jenkins.plugins.checks.api.ChecksConclusion;
import io.jenkins.plugins.checks.api.ChecksDetails.ChecksDetailsBuilder;
import io.jenkins.plugins.checks.api.ChecksOutput.ChecksOutputBuilder;
import io.jenkins.plugins.checks.api.ChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisher.NullChecksPublisher;
import io.jenkins.plugins.checks.api.ChecksPublisherFactory;
import io.jenkins.plugins.checks.api.ChecksStatus;
import io.jenkins.plugins.checks.steps.ChecksInfo;
import java.io.IOException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * A publisher that creates a check at the commit with the Checks API plugin, if the source code host supports checks.
 */
@Extension(optional = true)
public final class CheckPublisher implements ReportPublisher {

    @Override
    public Place place() {
        return Place.CHECKS;
    }

    @Override
    public void publish(Publication publication, StepContext context) throws IOException, InterruptedException {
        TaskListener listener = context.get(TaskListener.class);
        ChecksPublisher publisher = ChecksPublisherFactory.fromRun(context.get(Run.class), listener);
        if (publisher instanceof NullChecksPublisher) {
            return;
        }
        ChecksInfo enclosing = context.get(ChecksInfo.class);
        CheckContent content = CheckContent.of(publication);
        ChecksDetailsBuilder details = new ChecksDetailsBuilder()
                .withName(enclosing == null ? name(publication) : enclosing.getName())
                .withStatus(ChecksStatus.COMPLETED)
                .withConclusion(conclusion(publication.verdict()))
                .withOutput(new ChecksOutputBuilder()
                        .withTitle(content.title())
                        .withSummary(content.summary())
                        .withText(content.text())
                        .withAnnotations(content.notes().stream()
                                .map(CheckPublisher::annotation)
                                .toList())
                        .build());
        publisher.publish(
                (publication.url().startsWith("http") ? details.withDetailsURL(publication.url()) : details).build());
    }

    private static String name(Publication publication) {
        return publication.isDefault() ? publication.name() : publication.name() + " / " + publication.id();
    }

    private static ChecksConclusion conclusion(Verdict verdict) {
        return switch (verdict) {
            case PASSED -> ChecksConclusion.SUCCESS;
            case UNSTABLE -> ChecksConclusion.NEUTRAL;
            case FAILED -> ChecksConclusion.FAILURE;
        };
    }

    private static ChecksAnnotation annotation(Note note) {
        ChecksAnnotationBuilder annotation = new ChecksAnnotationBuilder()
                .withPath(note.path())
                .withLine(note.line())
                .withAnnotationLevel(level(note))
                .withTitle(note.title())
                .withMessage(note.message());
        return note.details().isEmpty()
                ? annotation.build()
                : annotation.withRawDetails(note.details()).build();
    }

    private static ChecksAnnotationLevel level(Note note) {
        return switch (note.level()) {
            case FAILURE -> ChecksAnnotationLevel.FAILURE;
            case WARNING -> ChecksAnnotationLevel.WARNING;
            case NOTICE -> ChecksAnnotationLevel.NOTICE;
        };
    }
}

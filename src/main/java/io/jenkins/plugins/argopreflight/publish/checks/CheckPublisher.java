package io.jenkins.plugins.argopreflight.publish.checks;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.argopreflight.action.ReportRecord.Verdict;
import io.jenkins.plugins.argopreflight.engine.report.Markdown;
import io.jenkins.plugins.argopreflight.publish.Publication;
import io.jenkins.plugins.argopreflight.publish.ReportPublisher;
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

/** A check at the commit, by the Checks API plugin, when the source code's home has such. */
@Extension(optional = true)
public final class CheckPublisher implements ReportPublisher {

    /** Longer than any of these services takes, which cut it themselves. */
    private static final int TEXT = 200_000;

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
        ChecksInfo around = context.get(ChecksInfo.class);
        ChecksDetailsBuilder details = new ChecksDetailsBuilder()
                .withName(around == null ? name(publication) : around.getName())
                .withStatus(ChecksStatus.COMPLETED)
                .withConclusion(conclusion(publication.verdict()))
                .withOutput(new ChecksOutputBuilder()
                        .withTitle(publication.headline())
                        .withSummary(publication.why().isEmpty() ? publication.headline() : publication.why())
                        .withText(text(publication))
                        .withAnnotations(Annotations.of(publication.report()))
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

    private static String text(Publication publication) {
        String text = new Markdown().render(publication.report());
        return text.length() <= TEXT ? text : text.substring(0, TEXT) + "\n\n(cut off; see the build page)\n";
    }
}

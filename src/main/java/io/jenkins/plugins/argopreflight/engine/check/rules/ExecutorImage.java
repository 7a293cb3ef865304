package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Severity;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import io.jenkins.plugins.argopreflight.engine.fact.Unseen;
import java.util.List;

/** Argo's executor image, which init, wait, agent and artifact GC run, where the registry does not have it. */
public final class ExecutorImage extends PullRule {

    public ExecutorImage() {
        super(
                "executor-image",
                "Argo's executor image cannot be found",
                Severity.ERROR,
                "the controller",
                "registries");
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.EXECUTOR_UNKNOWN
                || cause.kind() == PullCause.Kind.NOT_FOUND && ArgoContainer.runsExecutorImage(facts, cause.row());
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return ArgoContainer.executorImage(facts);
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        if (first.kind() == PullCause.Kind.EXECUTOR_UNKNOWN) {
            String why = facts.executorImageAssumed().map(Unseen::reason).orElse("");
            return Finding.unknown(
                    info(),
                    subject,
                    "Which image Argo's own containers run is not known (" + why + "), so neither is whether it can be"
                            + " pulled; by default it would be " + images(causes) + ".");
        }
        List<String> tags = ImageNotFound.nearest(first);
        String image = first.image().repository() + ":"
                + (tags.isEmpty() ? "v" + facts.controller().version() : tags.get(0)).replaceFirst("^vv", "v");
        return Finding.fail(
                        info(),
                        subject,
                        "Argo's executor image " + images(causes) + " cannot be pulled, so no pod of this controller"
                                + " starts (its node shows only PodInitializing): " + ImageNotFound.what(first)
                                + Hang.sentence(causes))
                .fix(ArgoContainer.executorImageKnobs(facts, image));
    }
}

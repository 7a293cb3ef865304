package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check for valid credentials that are not allowed to pull the repository. */
public final class NoPullRight extends PullRule {

    public NoPullRight() {
        super(
                CheckInfo.error(
                                "no-pull-right",
                                "The credentials are valid and not allowed to pull the image",
                                Topic.IMAGES)
                        .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES),
                PullCause.Kind.NO_RIGHT);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return Subject.of("Registry", "", cause.registry(), cause.image().path());
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        return Finding.fail(
                        info(),
                        subject,
                        images(causes) + " cannot be pulled with the credentials of " + secretAndKey(first) + ". "
                                + first.explanation() + PodWithoutImage.consequence(causes))
                .title("No permission to pull %s", first.image().path())
                .fix(
                        PullFixes.grant(first),
                        PullFixes.writeEntry(first).or("use credentials that are allowed to pull it"));
    }
}

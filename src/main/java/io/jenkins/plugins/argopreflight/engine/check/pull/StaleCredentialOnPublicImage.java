package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check for stored credentials that break the pull of a public image. */
public final class StaleCredentialOnPublicImage extends PullRule {

    public StaleCredentialOnPublicImage() {
        super(
                CheckInfo.error(
                                "stale-credential-on-public-image",
                                "Stored credentials break the pull of a public image",
                                Topic.IMAGES)
                        .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES),
                PullCause.Kind.STALE_ON_PUBLIC);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return PullFixes.entry(cause, "");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        return Finding.fail(
                        info(),
                        subject,
                        images(causes) + " can be pulled without credentials, but the kubelet sends those of "
                                + secretAndKey(first) + " and never falls back to anonymous. " + first.explanation()
                                + PodWithoutImage.consequence(causes))
                .title("The credentials of Secret %s break the pull of a public image", first.secret())
                .fix(PullFixes.renew(first).because("renew it"), PullFixes.removeFromList(first));
    }
}

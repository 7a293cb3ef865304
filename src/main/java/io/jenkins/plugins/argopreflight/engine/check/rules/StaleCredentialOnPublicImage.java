package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import java.util.List;

/** A stale credential that breaks the pull of an image that everybody may pull. */
public final class StaleCredentialOnPublicImage extends PullRule {

    public StaleCredentialOnPublicImage() {
        super("stale-credential-on-public-image", "A stored credential breaks the pull of a public image");
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.STALE_ON_PUBLIC;
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return PullFixes.entry(cause, "");
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        return Finding.fail(
                        info(),
                        subject,
                        "Anonymous pull of " + images(causes) + " works; the stored credential of Secret \""
                                + first.secret() + "\" (key \"" + first.key()
                                + "\") is refused and breaks it, since the kubelet never falls back to anonymous. "
                                + first.explanation() + lookUpToo(causes) + Hang.sentence(causes))
                .fix(PullFixes.renew(first).because("renew it"), PullFixes.takeOut(first));
    }
}

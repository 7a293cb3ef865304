package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A check for credentials that have expired, or expire soon. */
public final class CredentialExpired extends PullRule {

    public CredentialExpired() {
        super(CheckInfo.error("credential-expired", "The credentials have expired, or expire soon", Topic.IMAGES)
                .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES)
                .alsoGiving(Outcome.WARN));
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.EXPIRED || expiry(cause).isPresent();
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return PullFixes.entry(cause, "");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        if (first.kind() == PullCause.Kind.WORKS) {
            return Finding.warn(
                            info(),
                            subject,
                            "The credentials of Secret \"" + subject.name() + "\" work for " + images(causes)
                                    + " until " + expiry(first).orElseThrow()
                                    + ". Pods that are created later cannot pull with them.")
                    .title("The credentials of Secret %s expire soon", subject.name())
                    .fix(PullFixes.renew(first).because("renew them in time, for instance before each run"));
        }
        return Finding.fail(
                        info(),
                        subject,
                        "The credentials of " + secretAndKey(first) + " for " + images(causes) + " have expired. "
                                + first.explanation() + PodWithoutImage.consequence(causes))
                .title("The credentials of Secret %s have expired", first.secret())
                .fix(PullFixes.renew(first));
    }

    private static Optional<Instant> expiry(PullCause cause) {
        return cause.kind() == PullCause.Kind.WORKS && !cause.podPull().isLookUp()
                ? cause.decisiveAttempt().flatMap(attempt -> attempt.answer().credentialExpires())
                : Optional.empty();
    }
}

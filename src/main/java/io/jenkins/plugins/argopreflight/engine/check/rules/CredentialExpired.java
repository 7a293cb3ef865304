package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.collect.Facts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A credential that has ended, or will. */
public final class CredentialExpired extends PullRule {

    public CredentialExpired() {
        super("credential-expired", "The credential has expired");
    }

    @Override
    boolean tells(Facts facts, PullCause cause) {
        return cause.kind() == PullCause.Kind.EXPIRED || ends(cause).isPresent();
    }

    @Override
    Subject subject(Facts facts, PullCause cause) {
        return PullFixes.entry(cause, "");
    }

    @Override
    Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        if (first.kind() == PullCause.Kind.WORKS) {
            return Finding.warn(
                            info(),
                            subject,
                            "The credential of Secret \"" + subject.name() + "\" works for " + images(causes)
                                    + " and ends at " + ends(first).orElseThrow()
                                    + ": pods that are made later cannot pull with it.")
                    .fix(PullFixes.renew(first).because("renew it in time, for instance before each run"));
        }
        return Finding.fail(
                        info(),
                        subject,
                        "The credential of Secret \"" + first.secret() + "\" (key \"" + first.key() + "\") for "
                                + images(causes) + " has expired. " + first.explanation() + lookUpToo(causes)
                                + Hang.sentence(causes))
                .fix(PullFixes.renew(first));
    }

    private static Optional<Instant> ends(PullCause cause) {
        return cause.kind() == PullCause.Kind.WORKS && !cause.row().isLookUp()
                ? cause.telling().flatMap(tried -> tried.answer().credentialExpires())
                : Optional.empty();
    }
}

package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import java.util.List;

/** A check for credentials that the registry refuses. */
public final class CredentialRejected extends PullRule {

    public CredentialRejected() {
        super(
                CheckInfo.error(
                                "credential-rejected",
                                "The registry refuses the credentials: they are wrong or revoked",
                                Topic.IMAGES)
                        .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES),
                PullCause.Kind.REJECTED);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return PullFixes.entry(cause, "");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        long attempts = causes.stream()
                .mapToLong(cause -> cause.pull().credentials().size())
                .max()
                .orElse(1);
        List<EvidenceLine> others = attempts > 1
                ? List.of(EvidenceLine.words("none of the " + attempts + " credentials that match works"))
                : List.of();
        return Finding.fail(
                        info(),
                        subject,
                        images(causes) + " cannot be pulled with the credentials of " + secretAndKey(first) + ". "
                                + first.explanation() + PodWithoutImage.consequence(causes))
                .title("%s refuses the credentials of Secret %s", first.registry(), first.secret())
                .evidence(others)
                .fix(PullFixes.renew(first));
    }
}

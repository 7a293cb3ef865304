package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretView;
import io.jenkins.plugins.argopreflight.engine.registry.pull.SimilarKey;
import java.util.List;

/** A check for pull secrets whose keys match none of the images. */
public final class PullSecretKeyMismatch extends PullRule {

    public PullSecretKeyMismatch() {
        super(
                CheckInfo.error("pull-secret-key-mismatch", "No key in the pull Secret matches the image", Topic.IMAGES)
                        .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES),
                PullCause.Kind.KEY_MISMATCH);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return PullFixes.entry(cause, "");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        String reason = first.secretView()
                .flatMap(PullSecretView::similarKey)
                .map(SimilarKey::difference)
                .orElse("it is the key of another registry");
        String expectedKey = PullFixes.registry(first.image());
        return Finding.fail(
                        info(),
                        subject,
                        "Key \"" + first.key() + "\" of Secret \"" + first.secret() + "\" does not match "
                                + images(causes) + ": " + reason + "; write \"" + expectedKey
                                + "\" instead. No credentials"
                                + " are sent, and " + first.registry() + " refuses the pull."
                                + PodWithoutImage.consequence(causes))
                .title("Key %s of pull secret %s does not match the image", first.key(), first.secret())
                .evidence(EvidenceLine.words("keys in Secret " + first.secret() + ": "
                        + first.secretView()
                                .map(view -> String.join(", ", view.keys()))
                                .orElse("")))
                .fix(PullFixes.renew(first));
    }
}

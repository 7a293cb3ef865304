package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote;
import java.util.List;
import java.util.Optional;

/**
 * A check for two entries of a Secret that mean the same registry: the kubelet and the controller try them in random
 * order.
 */
public final class PullSecretDuplicateKey extends PullRule {

    public PullSecretDuplicateKey() {
        super(CheckInfo.warning(
                        "pull-secret-duplicate-key",
                        "Two keys of a pull secret mean the same and are tried in random order",
                        Topic.IMAGES)
                .needing(Need.SECRETS));
    }

    @Override
    protected boolean isForLookUps() {
        return true;
    }

    @Override
    protected boolean handles(Facts facts, PullCause cause) {
        return duplicate(cause).isPresent();
    }

    private static Optional<KeyringNote> duplicate(PullCause cause) {
        return cause.pull().secrets().stream()
                .filter(view -> view.matching().size() > 1)
                .flatMap(view -> view.notes().stream()
                        .filter(note -> note.kind() == KeyringNote.Kind.RANDOM_ORDER)
                        .filter(note -> view.matching().stream()
                                .anyMatch(credential -> credential.key().equals(note.key()))))
                .findFirst();
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        KeyringNote note = duplicate(cause).orElseThrow();
        return Subject.of(
                "Secret", cause.pull().namespace(), note.secret(), ".dockerconfigjson auths[\"" + note.key() + "\"]");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        KeyringNote note = duplicate(causes.get(0)).orElseThrow();
        return Finding.warn(
                        info(),
                        subject,
                        note.text() + ". The kubelet tries the other one after a refusal; the controller's look-up"
                                + " uses one at random, so it can work today and fail tomorrow.")
                .title("Two keys of pull secret %s mean the same registry", note.secret())
                .cause(note.kind())
                .fix(PullFixes.writeNamed(
                                note.secret(),
                                subject.namespace(),
                                causes.get(0).image())
                        .because("write only one of the two keys"));
    }
}

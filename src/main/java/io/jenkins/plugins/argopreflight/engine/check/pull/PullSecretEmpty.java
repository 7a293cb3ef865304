package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.CheckInfo;
import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.check.Finding;
import io.jenkins.plugins.argopreflight.engine.check.Subject;
import io.jenkins.plugins.argopreflight.engine.check.Topic;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.model.need.Need;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringNote;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A check for pull secrets without credentials: no auths, a credential helper, or an entry without content. */
public final class PullSecretEmpty extends PullRule {

    public PullSecretEmpty() {
        super(
                CheckInfo.error("pull-secret-empty", "A pull secret holds no credentials", Topic.IMAGES)
                        .needing(Need.SECRETS, Need.SERVICE_ACCOUNTS, Need.REGISTRIES),
                PullCause.Kind.EMPTY);
    }

    @Override
    protected Subject subject(Facts facts, PullCause cause) {
        return PullFixes.entry(cause, "");
    }

    @Override
    protected Finding finding(Facts facts, Subject subject, List<PullCause> causes) {
        PullCause first = causes.get(0);
        List<EvidenceLine.Words> notes = first.secretView().stream()
                .flatMap(view -> view.notes().stream())
                .filter(note -> REASONS.contains(note.kind()))
                .map(note -> EvidenceLine.words(note.text()))
                .distinct()
                .toList();
        return Finding.fail(
                        info(),
                        subject,
                        "Secret \"" + first.secret() + "\" has no credentials for " + images(causes)
                                + ". The pull is anonymous, and " + first.registry() + " refuses it."
                                + PodWithoutImage.consequence(causes))
                .title("Pull secret %s holds no credentials", first.secret())
                .evidence(notes)
                .fix(PullFixes.renew(first));
    }

    private static final Set<KeyringNote.Kind> REASONS = EnumSet.of(
            KeyringNote.Kind.NO_ENTRIES,
            KeyringNote.Kind.EMPTY_ENTRY,
            KeyringNote.Kind.FIELD_IGNORED,
            KeyringNote.Kind.SECRET_IGNORED);
}

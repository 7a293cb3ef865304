package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringError;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.PullSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Secrets that are in effect for a {@link PullQuestion}: those that were read, and those that could not be. */
final class EffectiveSecrets {

    final PullQuestion question;
    /** Secrets that exist, in the order in which they are listed. */
    final List<PullSecret> readable = new ArrayList<>();

    final List<PullSecretView> views = new ArrayList<>();
    private final Map<String, Fact<Boolean>> rights = new LinkedHashMap<>();
    private final List<String> uncertainties = new ArrayList<>();

    private EffectiveSecrets(PullQuestion question) {
        this.question = question;
    }

    static EffectiveSecrets read(PullQuestion question, SecretSource secrets) {
        EffectiveSecrets effective = new EffectiveSecrets(question);
        PullSecretList list = question.secretList();
        list.accountExists()
                .ifUnknown()
                .ifPresent(account -> effective.uncertainties.add(PullSecretList.account(list.serviceAccount())
                        + " could not be read (" + account.reason() + ")"));
        Optional<ImageReference> image = ImageReference.ifValid(question.image());
        list.names().forEach(name -> effective.add(name, secrets.secret(question.namespace(), name), image));
        if (question.consumer() == ImageClient.CONTROLLER) {
            list.names()
                    .forEach(name -> effective.addRight(name, secrets.controllerMayGet(question.namespace(), name)));
        }
        return effective;
    }

    private void add(String name, Fact<Optional<ReadSecret>> secret, Optional<ImageReference> image) {
        secret.ifUnknown().ifPresent(unknown -> views.add(PullSecretView.unknown(name, unknown)));
        secret.ifKnown()
                .ifPresent(known -> known.ifPresentOrElse(
                        found -> {
                            readable.add(found.secret());
                            image.ifPresent(parsed -> views.add(PullSecretView.of(found, parsed)));
                        },
                        () -> views.add(PullSecretView.absent(name))));
    }

    private void addRight(String name, Fact<Boolean> allowed) {
        allowed.ifUnknown()
                .ifPresent(unknown ->
                        uncertainties.add("could not check whether the controller is allowed to get secrets \"" + name
                                + "\" (" + unknown.reason() + ")"));
        rights.put(name, allowed);
    }

    /** Returns the reason why the controller cannot read its Secrets, or "" if it can. */
    String forbiddenReason() {
        List<String> forbidden = Pull.forbidden(rights);
        return forbidden.isEmpty()
                ? ""
                : "the controller is not allowed to get secrets \"" + String.join("\", \"", forbidden)
                        + "\" in namespace " + question.namespace();
    }

    /**
     * Returns the pull with the answer of the registry. It is UNKNOWN where a Secret that could decide it could not be
     * read.
     */
    Pull toPull(List<StoredCredential> credentials, Verdict verdict, String sentence, List<Attempt> attempts) {
        return toPull(credentials, Optional.empty(), verdict, sentence, attempts);
    }

    /** Returns the pull of a consumer that cannot read its credentials. */
    Pull toFailedPull(KeyringError error, Verdict verdict, String sentence, List<Attempt> attempts) {
        return toPull(List.of(), Optional.of(error), verdict, sentence, attempts);
    }

    /** Returns the Secrets in effect that do not exist, or those that could not be read. */
    List<String> names(PullSecretView.Presence presence) {
        return views.stream()
                .filter(view -> view.presence() == presence)
                .map(PullSecretView::name)
                .toList();
    }

    private Pull toPull(
            List<StoredCredential> credentials,
            Optional<KeyringError> error,
            Verdict verdict,
            String sentence,
            List<Attempt> attempts) {
        List<String> reasons = new ArrayList<>(uncertainties);
        if (verdict != Verdict.OK || question.consumer() == ImageClient.CONTROLLER) {
            // The kubelet ignores Secrets that it cannot read, where the pull works without them.
            views.stream()
                    .filter(PullSecretView::isUnread)
                    .map(view -> "Secret \"" + view.name() + "\" could not be read (" + view.unreadReason() + ")")
                    .forEach(reasons::add);
        }
        return new Pull(question, views, rights, credentials, attempts, error, verdict, sentence)
                .withUncertainty(forbiddenReason().isEmpty() ? String.join("; ", reasons) : "")
                .withAssumption();
    }
}

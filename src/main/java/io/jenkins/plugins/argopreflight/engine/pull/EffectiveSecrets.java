package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringError;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.PullSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.ReadSecret;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The Secrets in effect for a question as they were read, and what could not be read. */
final class EffectiveSecrets {

    final PullQuestion question;
    /** Those that are there, in their order. */
    final List<PullSecret> readable = new ArrayList<>();
    /** Listed names that no Secret has; the kubelet goes on without them. */
    final List<String> missing = new ArrayList<>();

    final List<PullSecretView> views = new ArrayList<>();
    private final List<String> barred = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    /** Reasons why Secrets could not be read; the kubelet does without them where a pull works. */
    private final List<String> unread = new ArrayList<>();

    private EffectiveSecrets(PullQuestion question) {
        this.question = question;
    }

    static EffectiveSecrets read(
            PullQuestion question, SecretSource secrets, BiFunction<String, String, Fact<Boolean>> controllerMayGet) {
        EffectiveSecrets read = new EffectiveSecrets(question);
        InEffect inEffect = question.inEffect();
        inEffect.account()
                .ifUnknown()
                .ifPresent(account -> read.doubts.add(
                        InEffect.account(inEffect.serviceAccount()) + " could not be read (" + account.reason() + ")"));
        Optional<ImageReference> image = ImageReference.ifValid(question.image());
        inEffect.names().forEach(name -> read.add(name, secrets.secret(question.namespace(), name), image));
        if (question.consumer() == Consumer.CONTROLLER) {
            inEffect.names().forEach(name -> read.right(name, controllerMayGet.apply(question.namespace(), name)));
        }
        return read;
    }

    private void add(String name, Fact<Optional<ReadSecret>> secret, Optional<ImageReference> image) {
        secret.ifUnknown().ifPresent(unknown -> {
            views.add(PullSecretView.unknown(name, unknown));
            unread.add("Secret \"" + name + "\" could not be read (" + unknown.reason() + ")");
        });
        secret.ifKnown()
                .ifPresent(known -> known.ifPresentOrElse(
                        found -> {
                            readable.add(found.secret());
                            image.ifPresent(parsed -> views.add(PullSecretView.of(found, parsed)));
                        },
                        () -> {
                            missing.add(name);
                            views.add(PullSecretView.absent(name));
                        }));
    }

    private void right(String name, Fact<Boolean> allowed) {
        allowed.ifUnknown()
                .ifPresent(unknown -> doubts.add("could not check whether the controller is allowed to get secrets \""
                        + name + "\" (" + unknown.reason() + ")"));
        if (allowed.ifKnown().filter(yes -> !yes).isPresent()) {
            barred.add(name);
        }
    }

    /** Why the controller cannot read its Secrets at all; "" when it can. */
    String bar() {
        return barred.isEmpty()
                ? ""
                : "the controller is not allowed to get secrets \"" + String.join("\", \"", barred) + "\" in namespace "
                        + question.namespace();
    }

    /** What the registry answered, as far as it is certain with what could be read. */
    Pull answered(List<StoredCredential> credentials, Verdict verdict, String sentence, List<ProbeAttempt> answers) {
        return answered(credentials, Optional.empty(), verdict, sentence, answers);
    }

    /** The same where the consumer has no credentials to choose from. */
    Pull failed(KeyringError error, Verdict verdict, String sentence, List<ProbeAttempt> answers) {
        return answered(List.of(), Optional.of(error), verdict, sentence, answers);
    }

    /** Returns the Secrets in effect that could not be read. */
    List<String> unread() {
        return views.stream()
                .filter(PullSecretView::isUnread)
                .map(PullSecretView::name)
                .toList();
    }

    private Pull answered(
            List<StoredCredential> credentials,
            Optional<KeyringError> error,
            Verdict verdict,
            String sentence,
            List<ProbeAttempt> answers) {
        List<String> why = new ArrayList<>(doubts);
        if (verdict != Verdict.OK || question.consumer() == Consumer.CONTROLLER) {
            why.addAll(unread);
        }
        return new Pull(
                        question,
                        views,
                        barred,
                        credentials,
                        answers,
                        error,
                        verdict,
                        sentence,
                        PullDetails.NONE,
                        Optional.empty())
                .doubted(barred.isEmpty() ? String.join("; ", why) : "")
                .assumed();
    }
}

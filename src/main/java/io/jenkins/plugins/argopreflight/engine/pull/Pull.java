package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringError;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What was asked for a {@link PullQuestion}, and what the registry answered.
 *
 * @param secrets what each Secret in effect has for the image, in their order
 * @param barred Secrets in effect that the controller is not allowed to get; empty for the kubelet, which can get all
 * @param credentials those that match the image, in the order in which they are tried
 * @param answers what the registry said to each credential and to none; an answer to "anonymous" is there for
 *     comparison even where the consumer would not ask anonymously
 * @param failure why the consumer could not read its credentials
 * @param verdict whether the pull works
 * @param sentence the verdict for a person: what, where, do this
 * @param means how the image is had without the pull Secrets, or can be; empty where they alone count
 */
public record Pull(
        PullQuestion question,
        List<PullSecretView> secrets,
        List<String> barred,
        List<StoredCredential> credentials,
        List<ProbeAttempt> answers,
        Optional<KeyringError> failure,
        Verdict verdict,
        String sentence,
        PullDetails details,
        Optional<OtherMeans> means) {

    public Pull {
        secrets = List.copyOf(secrets);
        barred = List.copyOf(barred);
    }

    public String namespace() {
        return question.namespace();
    }

    public String serviceAccount() {
        return question.inEffect().serviceAccount();
    }

    public String image() {
        return question.image();
    }

    public Consumer consumer() {
        return question.consumer();
    }

    /** Why the consumer could not read its credentials; "" for none. */
    public String error() {
        return failure.map(KeyringError::text).orElse("");
    }

    /** Returns whether a rule of this installation forbids to ask the registry. */
    public boolean isAddressRefused() {
        return answers.stream().anyMatch(attempt -> attempt.answer().isAddressRefused());
    }

    /** Names of the Secrets in effect, in their order, those that do not exist among them. */
    public List<String> pullSecrets() {
        return question.inEffect().names().stream()
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Why those Secrets. */
    public String source() {
        return question.inEffect().source();
    }

    /** Whether the ServiceAccount is there; Unknown when it could not be checked. */
    public Fact<Boolean> account() {
        return question.inEffect().account();
    }

    /** What the registry answers to the pull Secrets, whatever the consumer has besides them. */
    public Verdict bySecrets() {
        return means.map(OtherMeans::bySecrets).orElse(verdict);
    }

    /** The same where the consumer can do without the pull Secrets, or perhaps can. */
    public Pull by(OtherMeans other, Verdict judged, String why) {
        return with(Optional.empty(), judged, why, details, Optional.of(other));
    }

    public Pull with(PullDetails found) {
        return with(failure, verdict, sentence, found, means);
    }

    /** The same where it could not be checked with which credentials: what does not depend on them is certain. */
    Pull doubted(String why) {
        boolean stands = why.isEmpty()
                || verdict == Verdict.NOT_FOUND
                || verdict == Verdict.TLS
                || verdict == Verdict.INVALID && answers.isEmpty()
                || !verdict.isKnown();
        return stands ? this : unchecked(Optional.of(KeyringError.of(why)), why + ".");
    }

    /**
     * Returns this pull with a doubt, where it could not be checked whether the image is pulled at all. A look-up that works works, needless or not. If a
     * registry does not answer, that stays the verdict, with the same doubt before it.
     */
    Pull assumed() {
        boolean stands = question.assumed().isEmpty()
                || question.isUnresolved()
                || consumer() == Consumer.CONTROLLER && verdict == Verdict.OK;
        if (stands) {
            return this;
        }
        Pull doubted = unchecked(failure, question.assumed() + ". If it does: " + sentence);
        return verdict.isKnown() ? doubted : with(failure, verdict, doubted.sentence(), details, means);
    }

    private Pull unchecked(Optional<KeyringError> newFailure, String why) {
        String consumer = consumer() == Consumer.CONTROLLER ? "the controller can look up " : "the kubelet can pull ";
        return with(
                newFailure,
                Verdict.UNKNOWN,
                "Could not check whether " + consumer + image() + ": " + why,
                details,
                means);
    }

    private Pull with(
            Optional<KeyringError> newFailure,
            Verdict judged,
            String why,
            PullDetails found,
            Optional<OtherMeans> otherMeans) {
        return new Pull(question, secrets, barred, credentials, answers, newFailure, judged, why, found, otherMeans);
    }
}

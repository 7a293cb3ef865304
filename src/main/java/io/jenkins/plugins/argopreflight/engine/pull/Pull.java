package io.jenkins.plugins.argopreflight.engine.pull;

import io.jenkins.plugins.argopreflight.engine.dockerconfig.KeyringError;
import io.jenkins.plugins.argopreflight.engine.dockerconfig.StoredCredential;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The result of a {@link PullQuestion}: the questions to the registry, its answers and the verdict.
 *
 * @param secrets the Secrets in effect and what they contain for the image, in the order in which they are listed
 * @param barred Secrets in effect that the controller is not allowed to get; empty for the kubelet, which can get them
 *     all
 * @param credentials credentials that match the image, in the order in which they are tried
 * @param answers the answers to each credential and to the anonymous question, which is asked for comparison even where
 *     the consumer would not ask it
 * @param failure the reason why the consumer could not read its credentials
 * @param verdict whether the pull works
 * @param sentence the verdict as a text: what, where, do this
 * @param means the other source of the image; empty where only the pull Secrets count
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
        Optional<AlternativeSource> means) {

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

    public ImageClient consumer() {
        return question.consumer();
    }

    /** Returns the reason why the consumer could not read its credentials, or "". */
    public String error() {
        return failure.map(KeyringError::text).orElse("");
    }

    /** Returns whether a rule of this installation forbids to ask the registry. */
    public boolean isAddressRefused() {
        return answers.stream().anyMatch(attempt -> attempt.answer().isAddressRefused());
    }

    /**
     * Returns the names of the Secrets in effect in the order in which they are listed, also of those that do not
     * exist.
     */
    public List<String> pullSecrets() {
        return question.inEffect().names().stream()
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Returns the place that lists the Secrets. */
    public String source() {
        return question.inEffect().source();
    }

    /** Returns whether the ServiceAccount exists; Unknown if it could not be checked. */
    public Fact<Boolean> account() {
        return question.inEffect().account();
    }

    /** Returns the answer of the registry to the pull Secrets, whatever else the consumer has. */
    public Verdict bySecrets() {
        return means.map(AlternativeSource::bySecrets).orElse(verdict);
    }

    /** Returns this pull with another source of the image, which works or possibly works. */
    public Pull by(AlternativeSource other, Verdict newVerdict, String newSentence) {
        return with(Optional.empty(), newVerdict, newSentence, details, Optional.of(other));
    }

    public Pull with(PullDetails newDetails) {
        return with(failure, verdict, sentence, newDetails, means);
    }

    /**
     * Returns this pull as UNKNOWN, for a reason why its credentials are uncertain. A verdict that does not depend on
     * credentials stays.
     */
    Pull withUncertainty(String reason) {
        boolean unaffected = reason.isEmpty()
                || verdict == Verdict.NOT_FOUND
                || verdict == Verdict.TLS
                || verdict == Verdict.INVALID && answers.isEmpty()
                || !verdict.isKnown();
        return unaffected ? this : unchecked(Optional.of(KeyringError.of(reason)), reason + ".");
    }

    /**
     * Returns this pull with {@link PullQuestion#assumed}, where it could not be checked whether the image is pulled at
     * all. A look-up that works stays as it is: it does no harm if it is not needed. If a registry does not answer, the
     * verdict stays, and its sentence begins with the assumption.
     */
    Pull withAssumption() {
        boolean unaffected = question.assumed().isEmpty()
                || question.isUnresolved()
                || consumer() == ImageClient.CONTROLLER && verdict == Verdict.OK;
        if (unaffected) {
            return this;
        }
        Pull uncertain = unchecked(failure, question.assumed() + ". If it does: " + sentence);
        return verdict.isKnown() ? uncertain : with(failure, verdict, uncertain.sentence(), details, means);
    }

    private Pull unchecked(Optional<KeyringError> newFailure, String reason) {
        String consumer =
                consumer() == ImageClient.CONTROLLER ? "the controller can look up " : "the kubelet can pull ";
        return with(
                newFailure,
                Verdict.UNKNOWN,
                "Could not check whether " + consumer + image() + ": " + reason,
                details,
                means);
    }

    private Pull with(
            Optional<KeyringError> newFailure,
            Verdict newVerdict,
            String newSentence,
            PullDetails newDetails,
            Optional<AlternativeSource> newMeans) {
        return new Pull(
                question,
                secrets,
                barred,
                credentials,
                answers,
                newFailure,
                newVerdict,
                newSentence,
                newDetails,
                newMeans);
    }
}

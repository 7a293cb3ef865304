package io.jenkins.plugins.argopreflight.engine.registry.pull;

import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.KeyringError;
import io.jenkins.plugins.argopreflight.engine.registry.credentials.StoredCredential;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A pull whose question was answered: the requests to the registry, its answers and the verdict.
 *
 * @param secrets the Secrets in effect and what they contain for the image, in the order in which they are listed
 * @param rights whether the controller can get each of the Secrets in effect, by name; empty for the kubelet, which can
 *     get them all
 * @param credentials credentials that match the image, in the order in which they are tried
 * @param attempts the requests with each credential and the anonymous one, which is sent for comparison even where the
 *     consumer would not send it
 * @param keyringError the reason why the consumer could not read its credentials
 * @param verdict whether the pull works
 * @param sentence the verdict as a text; if the pull does not work, with the problem, its place and the correction
 * @param alternative the other source of the image; empty where only the pull Secrets count
 * @param config the configuration of the image; Unknown if it could not be read
 * @param tags tags of the repository, if the registry lists them and the image was not found; else Unknown
 * @param otherSecrets Secrets of the namespace that match the image and are not in effect. They are read only where no
 *     credential was found and the registry requires one; else Unknown.
 */
public record Pull(
        PullQuestion question,
        List<PullSecretView> secrets,
        Map<String, Fact<Boolean>> rights,
        List<StoredCredential> credentials,
        List<Attempt> attempts,
        Optional<KeyringError> keyringError,
        Verdict verdict,
        String sentence,
        Optional<AlternativeSource> alternative,
        Fact<ImageConfig> config,
        Fact<List<String>> tags,
        Fact<List<OtherSecret>> otherSecrets) {

    public Pull {
        secrets = List.copyOf(secrets);
        rights = Collections.unmodifiableMap(new LinkedHashMap<>(rights));
    }

    /** Creates a pull for which only the pull Secrets count, and that has no details for a fix. */
    Pull(
            PullQuestion question,
            List<PullSecretView> secrets,
            Map<String, Fact<Boolean>> rights,
            List<StoredCredential> credentials,
            List<Attempt> attempts,
            Optional<KeyringError> keyringError,
            Verdict verdict,
            String sentence) {
        this(
                question,
                secrets,
                rights,
                credentials,
                attempts,
                keyringError,
                verdict,
                sentence,
                Optional.empty(),
                Fact.unknown("the image could not be pulled"),
                Fact.unknown("not asked for"),
                Fact.unknown("other Secrets were not read"));
    }

    /**
     * A request for the image, and the registry's answer.
     *
     * @param credential the credential that was sent; empty for anonymous
     * @param byConsumer whether the consumer would send this request as well: it stops at the first success, and asks
     *     anonymously only where no credential matches. Other requests are sent for comparison.
     */
    public record Attempt(Optional<StoredCredential> credential, Answer answer, boolean byConsumer) {

        /**
         * Returns the login that a container runtime sends: none for a credential without a user name, since the
         * kubelet gives the runtime no token.
         */
        public static Optional<Login> login(StoredCredential credential) {
            return credential.username().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Login(credential.username(), credential.password()));
        }
    }

    /**
     * The source from which the consumer gets the image, or can get it, without the pod's pull Secrets.
     *
     * @param description the evidence, for the pulls table and the finding
     * @param verdictOfSecrets the verdict on the pull Secrets alone
     */
    public record AlternativeSource(String description, Verdict verdictOfSecrets) {}

    /**
     * A Secret of the namespace that matches the image and is not in effect.
     *
     * @param works whether the registry takes one of its credentials for the image
     * @param accounts ServiceAccounts that list it
     */
    public record OtherSecret(PullSecretView view, boolean works, List<String> accounts) {}

    public String namespace() {
        return question.namespace();
    }

    public String serviceAccount() {
        return question.secretList().serviceAccount();
    }

    public String image() {
        return question.image();
    }

    public ImageClient consumer() {
        return question.consumer();
    }

    /** Returns the reason why the consumer could not read its credentials, or "". */
    public String error() {
        return keyringError.map(KeyringError::text).orElse("");
    }

    /** Returns whether a rule of this installation forbids to ask the registry. */
    public boolean isAddressRefused() {
        return attempts.stream().anyMatch(attempt -> attempt.answer().isAddressRefused());
    }

    /**
     * Returns the names of the Secrets in effect in the order in which they are listed, also of those that do not
     * exist.
     */
    public List<String> pullSecrets() {
        return question.secretList().names().stream()
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Returns the Secrets in effect that the controller is not allowed to get. */
    public List<String> forbiddenSecrets() {
        return forbidden(rights);
    }

    /** Returns the names of the Secrets without the right. */
    static List<String> forbidden(Map<String, Fact<Boolean>> rights) {
        return rights.entrySet().stream()
                .filter(right -> right.getValue().equals(Fact.known(false)))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Returns the first right of the controller that could not be checked; empty if there is none. */
    public Optional<Fact.Unknown<Boolean>> unreadRight() {
        return rights.values().stream()
                .flatMap(right -> right.ifUnknown().stream())
                .findFirst();
    }

    /** Returns the place that lists the Secrets, as reports show it. */
    public String source() {
        return question.secretList().source();
    }

    /** Returns whether only the ServiceAccount lists the Secrets. */
    public boolean isListedByAccount() {
        return question.secretList().otherSource().isEmpty();
    }

    /** Returns whether the ServiceAccount exists; Unknown if it could not be checked. */
    public Fact<Boolean> accountExists() {
        return question.secretList().accountExists();
    }

    /** Returns the verdict on the pull Secrets, whatever else the consumer has. */
    public Verdict verdictOfSecrets() {
        return alternative.map(AlternativeSource::verdictOfSecrets).orElse(verdict);
    }

    /** Returns whether the consumer possibly has another source of the image. */
    public boolean hasUncertainAlternative() {
        return alternative.isPresent() && verdict == Verdict.UNKNOWN;
    }

    /**
     * Returns this pull with another source of the image.
     *
     * @param newVerdict the verdict on the pull; UNKNOWN if the source is not certain
     */
    public Pull withAlternative(String source, Verdict newVerdict, String newSentence) {
        AlternativeSource other = new AlternativeSource(source, verdict);
        return with(Optional.empty(), newVerdict, newSentence, Optional.of(other));
    }

    /** Returns this pull with the details that a fix needs. */
    public Pull withDetails(
            Fact<ImageConfig> newConfig, Fact<List<String>> newTags, Fact<List<OtherSecret>> newOtherSecrets) {
        return new Pull(
                question,
                secrets,
                rights,
                credentials,
                attempts,
                keyringError,
                verdict,
                sentence,
                alternative,
                newConfig,
                newTags,
                newOtherSecrets);
    }

    /**
     * Returns this pull as UNKNOWN, for a reason why its credentials are uncertain. A verdict that does not depend on
     * credentials stays.
     */
    Pull withUncertainty(String reason) {
        boolean unaffected = reason.isEmpty()
                || verdict == Verdict.NOT_FOUND
                || verdict == Verdict.TLS
                || verdict == Verdict.INVALID && attempts.isEmpty()
                || !verdict.isKnown();
        return unaffected ? this : unchecked(Optional.of(KeyringError.of(reason)), reason + ".");
    }

    /**
     * Returns this pull with {@link PullQuestion#assumption}, where it could not be checked whether the image is pulled
     * at all. A look-up that works stays as it is: it does no harm if it is not needed. If a registry does not answer,
     * the verdict stays, and its sentence begins with the assumption.
     */
    Pull withAssumption() {
        boolean unaffected = question.assumption().isEmpty()
                || question.isUnresolved()
                || consumer() == ImageClient.CONTROLLER && verdict == Verdict.OK;
        if (unaffected) {
            return this;
        }
        Pull uncertain = unchecked(keyringError, question.assumption() + ". If it does: " + sentence);
        return verdict.isKnown() ? uncertain : with(keyringError, verdict, uncertain.sentence(), alternative);
    }

    private Pull unchecked(Optional<KeyringError> newError, String reason) {
        String consumer =
                consumer() == ImageClient.CONTROLLER ? "the controller can look up " : "the kubelet can pull ";
        return with(
                newError,
                Verdict.UNKNOWN,
                "Could not check whether " + consumer + image() + ": " + reason,
                alternative);
    }

    private Pull with(
            Optional<KeyringError> newError,
            Verdict newVerdict,
            String newSentence,
            Optional<AlternativeSource> newAlternative) {
        return new Pull(
                question,
                secrets,
                rights,
                credentials,
                attempts,
                newError,
                newVerdict,
                newSentence,
                newAlternative,
                config,
                tags,
                otherSecrets);
    }
}

package io.jenkins.plugins.argopreflight.engine.check.pull;

import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.model.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull;
import io.jenkins.plugins.argopreflight.engine.registry.pull.Pull.Attempt;
import io.jenkins.plugins.argopreflight.engine.registry.pull.PullSecretView;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a pull fails, or that it works. Each pull has one, so that a mistake is reported once and by one
 * check.
 *
 * @param secret the Secret to fix, "" for none
 * @param key the key of its registry, as it can be printed, "" for none
 * @param decisiveAttempt the answer that determined the cause; empty if none did
 * @param affectsOnlyLookUp whether only the controller's look-up fails from this cause, and the kubelet's pull does not
 */
public record PullCause(
        Kind kind,
        PodPull podPull,
        String secret,
        String key,
        Optional<Attempt> decisiveAttempt,
        boolean affectsOnlyLookUp) {

    /** Creates a cause without a Secret and without an answer. */
    static PullCause of(Kind kind, PodPull podPull) {
        return new PullCause(kind, podPull, "", "", Optional.empty());
    }

    PullCause(Kind kind, PodPull podPull, String secret, String key, Optional<Attempt> decisiveAttempt) {
        this(kind, podPull, secret, key, decisiveAttempt, false);
    }

    /** The kinds of causes. Each is reported by one check, except those that another package reports. */
    public enum Kind implements CauseKind {
        WORKS,
        UNRESOLVED,
        INVALID_NAME,
        POLICY_NEVER,
        /** Reported by the check on ServiceAccounts. */
        NO_ACCOUNT,
        ACCOUNT_UNKNOWN,
        SECRET_UNKNOWN,
        CONTROLLER_UNKNOWN,
        EXECUTOR_UNKNOWN,
        REGISTRY_UNKNOWN,
        /** The registry refuses the pull secrets, and the nodes or the controller can have other credentials. */
        IDENTITY_UNKNOWN,
        BARRED,
        MALFORMED,
        UNREADABLE_NAME,
        WRONG_TYPE,
        HIDDEN,
        EMPTY,
        KEY_MISMATCH,
        ABSENT,
        NOT_BOUND,
        STALE_ON_PUBLIC,
        AUTH_WINS,
        EXPIRED,
        REJECTED,
        NO_RIGHT,
        MISSING_OR_NO_RIGHT,
        NOT_FOUND,
        UNREACHABLE,
        TLS,
        RATE_LIMITED,
        PLATFORM
    }

    private static final Set<Kind> UNCHECKED = EnumSet.of(
            Kind.UNRESOLVED,
            Kind.ACCOUNT_UNKNOWN,
            Kind.SECRET_UNKNOWN,
            Kind.CONTROLLER_UNKNOWN,
            Kind.EXECUTOR_UNKNOWN,
            Kind.REGISTRY_UNKNOWN,
            Kind.IDENTITY_UNKNOWN,
            Kind.UNREACHABLE,
            Kind.TLS,
            Kind.RATE_LIMITED);

    public Pull pull() {
        return podPull.pull();
    }

    /** Returns whether the pull could not be checked; no check of pulls is PASS then. */
    boolean isUnchecked() {
        return UNCHECKED.contains(kind) || !unreadSecrets().isEmpty();
    }

    /** Returns the Secrets that could not be read, of a pull that works. */
    List<PullSecretView> unreadSecrets() {
        return kind == Kind.WORKS && !podPull.isLookUp()
                ? pull().secrets().stream().filter(PullSecretView::isUnread).toList()
                : List.of();
    }

    /** Returns whether the caller of the template supplies the image or the ServiceAccount that is not known. */
    boolean isSuppliedByTemplateCaller() {
        return (kind == Kind.UNRESOLVED || kind == Kind.ACCOUNT_UNKNOWN) && podPull.isOfCaller();
    }

    /**
     * Returns this cause of a look-up, compared with the cause of the kubelet's pull. {@link #affectsOnlyLookUp} is
     * false if fixing the pull also fixes the look-up.
     */
    PullCause comparedWith(@Nullable PullCause kubelet) {
        if (kubelet != null && kubelet.kind() == Kind.TLS && kind == Kind.REGISTRY_UNKNOWN) {
            return new PullCause(Kind.TLS, podPull, secret, key, decisiveAttempt);
        }
        boolean isSameCause = kubelet != null
                && kubelet.kind() == kind
                && kubelet.secret().equals(secret)
                && kubelet.key().equals(key);
        return new PullCause(
                kind, podPull, secret, key, decisiveAttempt, kind != Kind.WORKS && !isUnchecked() && !isSameCause);
    }

    /** Returns the cause that the pull would have if its pull secrets were its only credentials. */
    public PullCause withSecretsOnly() {
        return PullCauses.withSecretsOnly(podPull);
    }

    /** Returns the image of a pull; empty if its name is not valid. */
    static Optional<ImageReference> image(PodPull podPull) {
        return ImageReference.ifValid(podPull.pull().image());
    }

    public ImageReference image() {
        return image(podPull).orElseThrow();
    }

    /** Returns the Secret to fix, as it was read. */
    public Optional<PullSecretView> secretView() {
        return pull().secrets().stream()
                .filter(each -> each.name().equals(secret))
                .findFirst();
    }

    public String registry() {
        return image().registry();
    }

    /** Returns whether the registry uses plain http where https was tried. */
    boolean isPlainHttp() {
        return decisiveAttempt.filter(attempt -> attempt.answer().isPlainHttp()).isPresent();
    }

    /** Returns whether the registry's name does not resolve from here. */
    boolean isNoSuchHost() {
        return decisiveAttempt
                .filter(attempt -> attempt.answer().isNoSuchHost())
                .isPresent();
    }

    /** Returns whether the registry serves the manifest and refuses its content. */
    boolean isContentRefused() {
        return decisiveAttempt
                .filter(attempt -> attempt.answer().contentRefused())
                .isPresent();
    }

    /**
     * Returns the evidence: the image that the container pulls, and the answer of the registry if it determined the
     * cause.
     */
    EvidenceLine evidence(String requester) {
        String image = pull().image();
        return decisiveAttempt
                .map(Attempt::answer)
                .map(answer -> new EvidenceLine.Exchange(
                        requester,
                        image,
                        answer.status(),
                        answer.code(),
                        answer.message().strip()))
                .filter(exchange -> exchange.status() > 0
                        || !exchange.code().isEmpty()
                        || !exchange.answer().isEmpty())
                .<EvidenceLine>map(exchange -> exchange)
                .orElseGet(() -> EvidenceLine.words(requester + ": " + image));
    }

    public String explanation() {
        return decisiveAttempt.map(attempt -> attempt.answer().explanation()).orElse("");
    }
}

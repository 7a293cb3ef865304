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
 * @param key the registry key of the Secret's entry, with {@code ***} in place of a user name in it; "" for none
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
        return new PullCause(kind, podPull, /* secret= */ "", /* key= */ "", Optional.empty());
    }

    PullCause(Kind kind, PodPull podPull, String secret, String key, Optional<Attempt> decisiveAttempt) {
        this(kind, podPull, secret, key, decisiveAttempt, /* affectsOnlyLookUp= */ false);
    }

    /** The kinds of causes. The kind decides which check reports the pull, so that one check reports it. */
    public enum Kind implements CauseKind {
        WORKS,
        /** The image's name is not known before the workflow runs. */
        UNRESOLVED,
        /** The image's name is not the name of an image: neither the kubelet nor the controller accepts it. */
        INVALID_NAME,
        /** The imagePullPolicy is Never, so that the image must be on the node. */
        POLICY_NEVER,
        /** The pod's ServiceAccount does not exist. A check of another package reports this. */
        NO_ACCOUNT,
        /** The pod's ServiceAccount could not be read. */
        ACCOUNT_UNKNOWN,
        /** A listed Secret could not be read. */
        SECRET_UNKNOWN,
        /** The settings or the rights of Argo's controller, on which the look-up depends, could not be read. */
        CONTROLLER_UNKNOWN,
        /** The controller's setting for the executor's image could not be read, so that an image is assumed. */
        EXECUTOR_UNKNOWN,
        /** The registry was not asked, or its answer shows nothing about the pull. */
        REGISTRY_UNKNOWN,
        /** The registry refuses the pull secrets, and the nodes or the controller can have other credentials. */
        IDENTITY_UNKNOWN,
        /** The controller is not allowed to get a listed Secret, which it needs for the look-up. */
        BARRED,
        /** The content of a listed Secret cannot be parsed. */
        MALFORMED,
        /** The controller cannot read a name that the kubelet accepts, such as one with a sha512 digest. */
        UNREADABLE_NAME,
        /** A listed Secret has a type that the kubelet does not read. */
        WRONG_TYPE,
        /** The ServiceAccount lists a Secret for the image, and the pod's own list replaces that list. */
        HIDDEN,
        /** A listed Secret has no entry, or its entry for the image has no user name. */
        EMPTY,
        /** The registry keys of a listed Secret do not match the image. */
        KEY_MISMATCH,
        /** A listed Secret does not exist. */
        ABSENT,
        /** The pod has no Secret for the image in its list, although the registry requires credentials. */
        NOT_BOUND,
        /** The registry refuses the credential of a listed Secret, and serves the image without credentials. */
        STALE_ON_PUBLIC,
        /** The {@code auth} of an entry takes precedence over its other user name and password, and is refused. */
        AUTH_WINS,
        /** The registry refuses the credential, which has expired. */
        EXPIRED,
        /** The registry does not accept the credential: it is wrong or was revoked. */
        REJECTED,
        /** The registry accepts the credential, which has no right to pull the image. */
        NO_RIGHT,
        /** The registry gives the same answer for an image that does not exist and for a missing right. */
        MISSING_OR_NO_RIGHT,
        /** The registry has no such image. */
        NOT_FOUND,
        UNREACHABLE,
        /** The registry's certificate is not trusted, or one side speaks plain HTTP. */
        TLS,
        RATE_LIMITED,
        /** The image is built for other platforms than the nodes have. */
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
     * Returns the cause of a look-up with {@link #affectsOnlyLookUp} set: true if the look-up fails and the kubelet's
     * pull does not fail for the same cause. If the kubelet's pull fails with TLS and the answer to the look-up is not
     * known, returns TLS too.
     *
     * @param kubelet the cause of the kubelet's pull of the same image, null if the kubelet does not pull it
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

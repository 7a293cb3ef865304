package io.jenkins.plugins.argopreflight.engine.check.image;

import io.jenkins.plugins.argopreflight.engine.check.EvidenceLine;
import io.jenkins.plugins.argopreflight.engine.collect.pull.PodPull;
import io.jenkins.plugins.argopreflight.engine.fact.CauseKind;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.pull.ProbeAttempt;
import io.jenkins.plugins.argopreflight.engine.pull.PullSecretView;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Why a pull does not work: one cause a row, so that one mistake is reported once and by one check.
 *
 * @param secret the Secret to fix, "" for none
 * @param key its registry key as it can be printed, "" for none
 * @param decisive the answer that decided; empty when none did
 * @param onlyLookUp whether it is the controller's look-up that suffers, and the kubelet does not from the same cause
 */
public record PullCause(
        Kind kind, PodPull row, String secret, String key, Optional<ProbeAttempt> decisive, boolean onlyLookUp) {

    /** One that no Secret and no answer shows. */
    static PullCause of(Kind kind, PodPull row) {
        return new PullCause(kind, row, "", "", Optional.empty());
    }

    PullCause(Kind kind, PodPull row, String secret, String key, Optional<ProbeAttempt> decisive) {
        this(kind, row, secret, key, decisive, false);
    }

    /** The causes; each is one check's, but for those that another package reports. */
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
        /** Refused with the pull Secrets, and the nodes or the controller can log in by themselves. */
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

    private static final Set<Kind> BLIND = EnumSet.of(
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

    /** Whether it could not be checked; then no check can say that all is well. */
    boolean isBlind() {
        return BLIND.contains(kind) || !unread().isEmpty();
    }

    /** Returns the Secrets of a pull that works which could not be read. */
    List<PullSecretView> unread() {
        return kind == Kind.WORKS && !row.isLookUp()
                ? row.pull().secrets().stream().filter(PullSecretView::isUnread).toList()
                : List.of();
    }

    /** Returns whether the caller of the template supplies the image or the ServiceAccount that is not known. */
    boolean isOfCaller() {
        return (kind == Kind.UNRESOLVED || kind == Kind.ACCOUNT_UNKNOWN) && row.isOfCaller();
    }

    /** Whether fixing what the kubelet suffers from fixes the look-up, too. */
    PullCause beside(@Nullable PullCause kubelet) {
        if (kubelet != null && kubelet.kind() == Kind.TLS && kind == Kind.REGISTRY_UNKNOWN) {
            return new PullCause(Kind.TLS, row, secret, key, decisive);
        }
        boolean shared = kubelet != null
                && kubelet.kind() == kind
                && kubelet.secret().equals(secret)
                && kubelet.key().equals(key);
        return new PullCause(kind, row, secret, key, decisive, kind != Kind.WORKS && !isBlind() && !shared);
    }

    /** What would be the cause if the pull Secrets were all that the consumer has. */
    public PullCause bySecrets() {
        return PullCauses.bySecrets(row);
    }

    static Optional<ImageReference> image(PodPull row) {
        return ImageReference.ifValid(row.pull().image());
    }

    public ImageReference image() {
        return image(row).orElseThrow();
    }

    /** The Secret to fix, as it was seen. */
    public Optional<PullSecretView> sight() {
        return row.pull().secrets().stream()
                .filter(each -> each.name().equals(secret))
                .findFirst();
    }

    public String registry() {
        return image().registry();
    }

    /** Whether the registry speaks plain http where https was tried. */
    boolean isPlainHttp() {
        return decisive.filter(tried -> tried.answer().isPlainHttp()).isPresent();
    }

    /** Whether the registry's name does not resolve from here. */
    boolean isNoSuchHost() {
        return decisive.filter(tried -> tried.answer().isNoSuchHost()).isPresent();
    }

    /** Whether the registry has the manifest, and refuses what it lists. */
    boolean isContent() {
        return decisive.filter(tried -> tried.answer().content()).isPresent();
    }

    /** The image that the container pulls, and what the registry answered where that decided. */
    EvidenceLine seen(String requester) {
        String image = row.pull().image();
        return decisive.map(ProbeAttempt::answer)
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
        return decisive.map(tried -> tried.answer().explanation()).orElse("");
    }
}

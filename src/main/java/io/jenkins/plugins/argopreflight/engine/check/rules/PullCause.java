package io.jenkins.plugins.argopreflight.engine.check.rules;

import io.jenkins.plugins.argopreflight.engine.collect.PodPull;
import io.jenkins.plugins.argopreflight.engine.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.image.InvalidImageException;
import io.jenkins.plugins.argopreflight.engine.pull.SecretSight;
import io.jenkins.plugins.argopreflight.engine.pull.Tried;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Why a pull does not work: one cause a row, so that one mistake is told once and by one check.
 *
 * @param secret the Secret to mend, "" for none
 * @param key its registry key as it may be printed, "" for none
 * @param telling the answer that decided; empty when none did
 * @param onlyLookUp whether it is the controller's look-up that suffers, and the kubelet does not from the same cause
 */
record PullCause(Kind kind, PodPull row, String secret, String key, Optional<Tried> telling, boolean onlyLookUp) {

    PullCause(Kind kind, PodPull row, String secret, String key, Optional<Tried> telling) {
        this(kind, row, secret, key, telling, false);
    }

    /** The causes; each is one check's, but for those that another room tells. */
    enum Kind {
        WORKS,
        UNRESOLVED,
        INVALID_NAME,
        POLICY_NEVER,
        /** Told by the check on ServiceAccounts. */
        NO_ACCOUNT,
        ACCOUNT_UNKNOWN,
        SECRET_UNKNOWN,
        CONTROLLER_UNKNOWN,
        EXECUTOR_UNKNOWN,
        REGISTRY_UNKNOWN,
        /** Refused with the pull Secrets, and the nodes or the controller may log in by themselves. */
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

    /** Whether nobody could look; then no check may say that all is well. */
    boolean isBlind() {
        return BLIND.contains(kind);
    }

    /** Whether mending what the kubelet suffers from mends the look-up, too. */
    PullCause beside(PullCause kubelet) {
        if (kubelet != null && kubelet.kind() == Kind.TLS && kind == Kind.REGISTRY_UNKNOWN) {
            return new PullCause(Kind.TLS, row, secret, key, telling);
        }
        boolean shared = kubelet != null
                && kubelet.kind() == kind
                && kubelet.secret().equals(secret)
                && kubelet.key().equals(key);
        return new PullCause(kind, row, secret, key, telling, kind != Kind.WORKS && !isBlind() && !shared);
    }

    static Optional<ImageReference> image(PodPull row) {
        try {
            return Optional.of(ImageReference.parse(row.pull().image()));
        } catch (InvalidImageException e) {
            return Optional.empty();
        }
    }

    ImageReference image() {
        return image(row).orElseThrow();
    }

    /** The Secret to mend, as it was seen. */
    Optional<SecretSight> sight() {
        return row.secrets().named().stream()
                .filter(each -> each.name().equals(secret))
                .findFirst();
    }

    String registry() {
        return image().registry();
    }

    /** The registry's own words. */
    String said() {
        return telling.map(Tried::answer)
                .map(answer -> (answer.status() == 0 ? "" : answer.status() + " ")
                        + (answer.code().isEmpty() ? "" : answer.code() + ": ")
                        + answer.message())
                .map(String::strip)
                .orElse("");
    }

    String explanation() {
        return telling.map(tried -> tried.answer().explanation()).orElse("");
    }
}

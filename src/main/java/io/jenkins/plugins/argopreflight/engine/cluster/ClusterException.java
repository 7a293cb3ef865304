package io.jenkins.plugins.argopreflight.engine.cluster;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An answer of the API server that is not the object asked for, or no answer at all. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What went wrong, in Kubernetes' reasons. */
    public enum Kind {
        UNAUTHORIZED,
        FORBIDDEN,
        NOT_FOUND,
        ALREADY_EXISTS,
        CONFLICT,
        /** The resourceVersion is older than the server's history (HTTP 410). */
        EXPIRED,
        INVALID,
        TOO_MANY_REQUESTS,
        SERVER_ERROR,
        UNREACHABLE,
        TIMEOUT,
        TLS,
        /** A setting of an administrator refuses it; nothing was sent. */
        NOT_ALLOWED,
        /** The answer is larger than what is read; the request was sent. */
        TOO_LARGE,
        /** It is a snapshot, and this is not in it. */
        NOT_CAPTURED,
        /** The calling thread was interrupted, as when a build is aborted; its interrupt flag stays set. */
        INTERRUPTED;

        /** Whether a write can have been carried out although no answer says so. */
        public boolean maybeApplied() {
            return this == UNREACHABLE
                    || this == TIMEOUT
                    || this == SERVER_ERROR
                    || this == TOO_LARGE
                    || this == INTERRUPTED;
        }
    }

    private final Kind kind;
    private final String policy;

    private ClusterException(Kind kind, String message, String policy, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.policy = policy;
    }

    public ClusterException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, "", cause);
    }

    /** Where no API server is there to evaluate the expressions of a ValidatingAdmissionPolicy. */
    public static ClusterException notEvaluated(String policy, String message) {
        return new ClusterException(Kind.SERVER_ERROR, message, policy, null);
    }

    /** An error of this program; named by its class only, since a message might quote a secret. */
    public static ClusterException internal(Throwable why) {
        return new ClusterException(
                Kind.SERVER_ERROR, "internal error (" + why.getClass().getSimpleName() + ")", why);
    }

    public ClusterException(Kind kind, String message) {
        this(kind, message, null);
    }

    public Kind kind() {
        return kind;
    }

    /** The ValidatingAdmissionPolicy that could not be evaluated; empty for every other error. */
    public Optional<String> policy() {
        return Optional.of(policy).filter(name -> !name.isEmpty());
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.PodSecurityRefusal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The error of a request to a cluster that was refused, failed, or got no answer. */
public final class ClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The kind of the error, by Kubernetes' reasons. */
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
        /** A setting of an administrator refuses the request; nothing was sent. */
        NOT_ALLOWED,
        /** The answer is larger than the limit for reading; the request was sent. */
        TOO_LARGE,
        /** The cluster is a snapshot that does not contain the object. */
        NOT_CAPTURED,
        /** The calling thread was interrupted, as when a build is aborted; its interrupt flag stays set. */
        INTERRUPTED;

        /** Returns whether a write can have been carried out although no answer confirms it. */
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
    private final transient @Nullable PodSecurityRefusal podSecurity;

    private ClusterException(
            Kind kind,
            String message,
            String policy,
            @Nullable PodSecurityRefusal podSecurity,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.policy = policy;
        this.podSecurity = podSecurity;
    }

    public ClusterException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, "", null, cause);
    }

    /** Creates the error for a pod that Pod Security refuses without an API server. */
    public static ClusterException refused(String message, PodSecurityRefusal refusal) {
        return new ClusterException(Kind.FORBIDDEN, message, "", refusal, null);
    }

    /** Creates the error for a ValidatingAdmissionPolicy that was not evaluated, because only an API server can. */
    public static ClusterException notEvaluated(String policy, String message) {
        return new ClusterException(Kind.SERVER_ERROR, message, policy, null, null);
    }

    /**
     * Creates an internal error. Its message has only the class of the cause, whose own message might quote a secret.
     */
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

    /** The ValidatingAdmissionPolicy that could not be evaluated; empty for any other error. */
    public Optional<String> policy() {
        return Optional.of(policy).filter(name -> !name.isEmpty());
    }

    /**
     * The refusal by Pod Security that was determined without an API server. Empty for any other error; also for the
     * refusal of an API server, which is known only by its message.
     */
    public Optional<PodSecurityRefusal> podSecurity() {
        return Optional.ofNullable(podSecurity);
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

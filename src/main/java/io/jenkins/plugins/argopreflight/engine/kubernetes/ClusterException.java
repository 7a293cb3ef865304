package io.jenkins.plugins.argopreflight.engine.kubernetes;

import io.jenkins.plugins.argopreflight.engine.kubernetes.admission.AdmissionRefusal;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The error of a request to a cluster that was refused, failed, or got no answer. */
public final class ClusterException extends RuntimeException {

    /** The text with which an API server answers a request to a path that it does not have. */
    public static final String PAGE_NOT_FOUND = "404 page not found";

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

    /** The thing that a request needs and the API server does not have. */
    private enum Missing {
        NOTHING,
        PATH,
        NAMESPACE
    }

    private final Kind kind;
    private final String policy;
    private final transient @Nullable AdmissionRefusal refusal;
    private final Missing missing;
    /** The message without the address of the server; null if the message is not about the server as a whole. */
    private final @Nullable String serverProblem;

    private ClusterException(
            Kind kind,
            String message,
            String policy,
            @Nullable AdmissionRefusal refusal,
            Missing missing,
            @Nullable String serverProblem,
            @Nullable Throwable cause) {
        super(message, cause);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.policy = policy;
        this.refusal = refusal;
        this.missing = missing;
        this.serverProblem = serverProblem;
    }

    public ClusterException(Kind kind, String message, @Nullable Throwable cause) {
        this(kind, message, "", null, Missing.NOTHING, null, cause);
    }

    /** Creates the error for an object that is refused, with the parts of the refusal. */
    public static ClusterException refused(Kind kind, AdmissionRefusal refusal) {
        return new ClusterException(kind, refusal.message(), "", refusal, Missing.NOTHING, null, null);
    }

    /** Creates the error for a request in a namespace that does not exist, with the API server's message. */
    public static ClusterException ofUnknownNamespace(AdmissionRefusal refusal) {
        return new ClusterException(Kind.NOT_FOUND, refusal.message(), "", refusal, Missing.NAMESPACE, null, null);
    }

    /**
     * Creates the error for a request to a path that the API server does not have, as for a group without a CRD. The
     * answer is {@link #PAGE_NOT_FOUND} and no Status.
     */
    public static ClusterException ofUnknownPath(String message) {
        return new ClusterException(Kind.NOT_FOUND, message, "", null, Missing.PATH, null, null);
    }

    /** Creates the error for a ValidatingAdmissionPolicy that was not evaluated, because only an API server can. */
    public static ClusterException notEvaluated(String policy, String message) {
        return new ClusterException(Kind.SERVER_ERROR, message, policy, null, Missing.NOTHING, null, null);
    }

    /**
     * Creates the error of a server with which each request fails: it cannot be reached, or does not accept the login.
     *
     * @param server the address of the server, or its name
     * @param problem the rest of the message
     */
    public static ClusterException ofServer(Kind kind, String server, String problem) {
        return ofServer(kind, server, problem, null);
    }

    private static ClusterException ofServer(Kind kind, String server, String problem, @Nullable Throwable cause) {
        return new ClusterException(kind, server + ": " + problem, "", null, Missing.NOTHING, problem, cause);
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

    /**
     * Returns the error of {@link #ofServer} with a name in place of the server's address. Any other error is returned
     * as it is.
     */
    ClusterException naming(String server) {
        return serverProblem == null ? this : ofServer(kind, server, serverProblem, this);
    }

    /** Returns the same error for another request that fails for the same reason, with this error as its cause. */
    ClusterException again() {
        return new ClusterException(kind, getMessage(), policy, refusal, missing, serverProblem, this);
    }

    public Kind kind() {
        return kind;
    }

    /** The ValidatingAdmissionPolicy that could not be evaluated; empty for any other error. */
    public Optional<String> policy() {
        return Optional.of(policy).filter(name -> !name.isEmpty());
    }

    /**
     * Returns the refusal by an API server or by the local admission; empty for any other error, such as an answer of a
     * proxy.
     */
    public Optional<AdmissionRefusal> refusal() {
        return Optional.ofNullable(refusal);
    }

    /** Returns whether the API server does not have the path of the request, as for a group without a CRD. */
    public boolean isOfUnknownPath() {
        return missing == Missing.PATH;
    }

    /** Returns whether the namespace of the request does not exist. */
    public boolean isOfUnknownNamespace() {
        return missing == Missing.NAMESPACE;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

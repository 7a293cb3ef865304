package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.util.http.ConnectionFailure.Kind;
import io.jenkins.plugins.argopreflight.engine.util.http.Proxies;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The error for a missing HTTP answer, with the reason and the fix. It never has a cause, because the cause could
 * contain a URL.
 */
public final class NoAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    private final Verdict verdict;
    private final String server;
    private final String explanation;
    private final @Nullable Kind failure;

    /**
     * Creates an error.
     *
     * @param verdict the meaning for a pull
     * @param server the server that the explanation is about, with its port if the address has one; the registry for a
     *     request that is not allowed, and for redirects without an end
     * @param message the reason, in a few words of the field
     * @param explanation what, where, do this
     */
    public NoAnswer(Verdict verdict, String server, String message, String explanation) {
        this(verdict, server, message, explanation, null);
    }

    private NoAnswer(Verdict verdict, String server, String message, String explanation, @Nullable Kind failure) {
        super(message, null, false, false);
        this.verdict = verdict;
        this.server = server;
        this.explanation = explanation;
        this.failure = failure;
    }

    /** Returns this error with the proxy to which the request was sent. */
    NoAnswer withProxy(URI proxy) {
        return new NoAnswer(
                verdict,
                server,
                getMessage(),
                explanation + " It was asked through the proxy " + Proxies.name(proxy) + ", which resolves the name.",
                failure);
    }

    NoAnswer withFailure(Kind kind) {
        return new NoAnswer(verdict, server, getMessage(), explanation, kind);
    }

    /** The kind of the connection's failure; empty if the connection did not fail. */
    public Optional<Kind> failure() {
        return Optional.ofNullable(failure);
    }

    /** Returns whether the server speaks plain http where https was tried. */
    boolean isPlainHttp() {
        return failure == Kind.PLAIN_HTTP;
    }

    public Verdict verdict() {
        return verdict;
    }

    /** Returns the server that the explanation is about, with its port if the address has one. */
    public String server() {
        return server;
    }

    public String explanation() {
        return explanation;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

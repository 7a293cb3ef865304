package io.jenkins.plugins.argopreflight.engine.registry.protocol;

import io.jenkins.plugins.argopreflight.engine.http.Proxies;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import java.net.URI;
import java.util.Objects;

/** There is no HTTP answer to judge: why, and what to do about it. It never carries a cause, which could hold a URL. */
public final class NoAnswer extends Exception {

    private static final long serialVersionUID = 1L;

    private final Verdict verdict;
    private final String explanation;

    /**
     * @param verdict what it means for a pull
     * @param message why, in a few words of the field
     * @param explanation what, where, do this
     */
    public NoAnswer(Verdict verdict, String message, String explanation) {
        super(message, null, false, false);
        this.verdict = verdict;
        this.explanation = explanation;
    }

    /** The same, and which proxy the request went to. */
    NoAnswer through(URI proxy) {
        return new NoAnswer(
                verdict,
                getMessage(),
                explanation + " It was asked through the proxy " + Proxies.name(proxy) + ", which resolves the name.");
    }

    /** Whether the server speaks plain http where https was tried. */
    boolean isPlainHttp() {
        return getMessage().equals(Failures.PLAIN_HTTP);
    }

    public Verdict verdict() {
        return verdict;
    }

    public String explanation() {
        return explanation;
    }

    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}

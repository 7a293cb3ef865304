package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.model.fact.Label;

/** The meaning of a registry's answer for a pull. The labels are part of the JSON contract. */
public enum Verdict {
    /** The manifest was served, and so was its content if that was requested. */
    OK("ok"),
    /** The credential itself was refused: wrong, expired, or revoked. */
    REJECTED("credentials refused"),
    /** The credential is good and is not allowed to pull this repository. */
    NO_RIGHT("not allowed to pull"),
    /** The registry says that the repository, tag or digest does not exist. */
    NOT_FOUND("does not exist"),
    /** The registry gives one answer for "does not exist" and "not permitted". */
    MISSING_OR_NO_RIGHT("not allowed to pull, or does not exist"),
    /** The connection failed, the name did not resolve, or no answer came in time. */
    UNREACHABLE("registry not reachable"),
    /** The certificate is not trusted, or one side speaks plain HTTP. */
    TLS("no trusted connection"),
    /** The registry asks the client to come back later. */
    RATE_LIMITED("rate limit reached"),
    /** The image exists, for other platforms. */
    PLATFORM("built for other platforms"),
    /** The image name or a credential could not be read. */
    INVALID("name or credentials not readable"),
    /** The answer shows nothing. */
    UNKNOWN("could not check");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /** Returns whether the verdict is about the pull, and not only about the connection from this machine. */
    public boolean isKnown() {
        return this != UNKNOWN && this != UNREACHABLE && this != RATE_LIMITED;
    }

    /** Returns whether the answer is a refusal of the credential, or can be one. */
    public boolean isRefusal() {
        return this == REJECTED || this == NO_RIGHT || this == MISSING_OR_NO_RIGHT;
    }

    /** The verdict for a person, about a pull with credentials. */
    public String words() {
        return words;
    }

    /** The verdict for a person, about a pull without credentials. */
    public String wordsWithoutCredentials() {
        return switch (this) {
            case REJECTED, NO_RIGHT -> "credentials needed";
            case MISSING_OR_NO_RIGHT -> "credentials needed, or the image does not exist";
            default -> words;
        };
    }

    public String label() {
        return Label.of(this);
    }
}

package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.fact.Label;

/** What a registry's answer means for a pull. The labels are part of the JSON contract. */
public enum Verdict {
    /** The manifest was served, and so was its content where that was asked for. */
    OK,
    /** The credential itself was refused: wrong, expired, or revoked. */
    REJECTED,
    /** The credential is good and is not allowed to pull this repository. */
    NO_RIGHT,
    /** The registry says that the repository, tag or digest does not exist. */
    NOT_FOUND,
    /** The registry gives one answer for "does not exist" and "not permitted". */
    MISSING_OR_NO_RIGHT,
    /** No connection, no name, or no answer in time. */
    UNREACHABLE,
    /** The certificate is not trusted, or one side speaks plain HTTP. */
    TLS,
    /** The registry asks to come back later. */
    RATE_LIMITED,
    /** The image exists, for other platforms. */
    PLATFORM,
    /** The image name or a credential could not be read. */
    INVALID,
    /** The answer shows nothing. */
    UNKNOWN;

    /** Whether it says something of the pull, and not only of our own way to the registry. */
    public boolean isKnown() {
        return this != UNKNOWN && this != UNREACHABLE && this != RATE_LIMITED;
    }

    /** Whether the registry refuses who asks, or does not say that it is not that. */
    public boolean isRefusal() {
        return this == REJECTED || this == NO_RIGHT || this == MISSING_OR_NO_RIGHT;
    }

    public String label() {
        return Label.of(this);
    }
}

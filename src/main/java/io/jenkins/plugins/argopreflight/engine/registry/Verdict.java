package io.jenkins.plugins.argopreflight.engine.registry;

import io.jenkins.plugins.argopreflight.engine.fact.Label;

/** The meaning of a registry's answer for a pull. The labels are part of the JSON contract. */
public enum Verdict {
    /** The manifest was served, and so was its content if that was requested. */
    OK,
    /** The credential itself was refused: wrong, expired, or revoked. */
    REJECTED,
    /** The credential is good and is not allowed to pull this repository. */
    NO_RIGHT,
    /** The registry says that the repository, tag or digest does not exist. */
    NOT_FOUND,
    /** The registry gives one answer for "does not exist" and "not permitted". */
    MISSING_OR_NO_RIGHT,
    /** The connection failed, the name did not resolve, or no answer came in time. */
    UNREACHABLE,
    /** The certificate is not trusted, or one side speaks plain HTTP. */
    TLS,
    /** The registry asks the client to come back later. */
    RATE_LIMITED,
    /** The image exists, for other platforms. */
    PLATFORM,
    /** The image name or a credential could not be read. */
    INVALID,
    /** The answer shows nothing. */
    UNKNOWN;

    /** Returns whether this is about the pull, and not only about the connection from here to the registry. */
    public boolean isKnown() {
        return this != UNKNOWN && this != UNREACHABLE && this != RATE_LIMITED;
    }

    /** Returns whether the registry refuses the credential, or gives an answer that can mean this. */
    public boolean isRefusal() {
        return this == REJECTED || this == NO_RIGHT || this == MISSING_OR_NO_RIGHT;
    }

    public String label() {
        return Label.of(this);
    }
}

package io.jenkins.plugins.argopreflight.engine.registry.probe;

/** A registry served something that we cannot use; the message says why, as the rest of a sentence. */
public final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    Unreadable(String why) {
        super(why, null, false, false);
    }
}

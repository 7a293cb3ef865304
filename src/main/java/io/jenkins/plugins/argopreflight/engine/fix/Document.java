package io.jenkins.plugins.argopreflight.engine.fix;

import java.util.List;

/** A text in a format of its own, written by that format's writer only. */
public sealed interface Document permits Yaml, Toml {

    /** With a line break at its end. */
    String text();

    /** Why there can be no such document; usually nothing. */
    List<String> problems();
}

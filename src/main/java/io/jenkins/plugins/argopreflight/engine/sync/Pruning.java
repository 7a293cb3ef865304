package io.jenkins.plugins.argopreflight.engine.sync;

/** The decision whether a run can remove registries that no request contains any more, if the request asks for it. */
public enum Pruning {
    ALLOWED,
    /** A running Pipeline block uses the Secret, so its registries stay. */
    FORBIDDEN
}

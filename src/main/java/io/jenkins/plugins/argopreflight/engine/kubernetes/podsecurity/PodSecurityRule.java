package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import java.util.List;
import java.util.Optional;

/**
 * A rule of the Pod Security Standards and its changes with Kubernetes' versions.
 *
 * @param id the API server's name of the rule; checks are reported in the order of their names, baseline first
 * @param level the level from which on it applies
 * @param revisions the oldest first
 * @param overrides the baseline check that a restricted one replaces, "" for none
 */
record PodSecurityRule(String id, Level level, List<Revision> revisions, String overrides) {

    /** The rule that applies from version 1.N on. */
    record Revision(int minor, Control control) {}

    static PodSecurityRule baseline(String id, Revision... revisions) {
        return new PodSecurityRule(id, Level.BASELINE, List.of(revisions), "");
    }

    static PodSecurityRule restricted(String id, String overrides, Revision... revisions) {
        return new PodSecurityRule(id, Level.RESTRICTED, List.of(revisions), overrides);
    }

    static Revision since(int minor, Control control) {
        return new Revision(minor, control);
    }

    /** Returns the rule that applies at version 1.N; empty for a version without this rule. */
    Optional<Control> at(int minor) {
        return revisions.stream()
                .filter(revision -> revision.minor() <= minor)
                .reduce((older, newer) -> newer)
                .map(Revision::control);
    }
}

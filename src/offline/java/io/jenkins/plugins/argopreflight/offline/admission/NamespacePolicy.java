package io.jenkins.plugins.argopreflight.offline.admission;

import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.Level;
import io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity.LevelVersion;
import java.util.Map;
import java.util.Optional;

/**
 * The Pod Security policy in a namespace's labels. Source: k8s.io/pod-security-admission api/helpers.go
 * (PolicyToEvaluate).
 *
 * @param enforce the level that pods must meet to be admitted
 * @param warn the level for warnings to the client
 */
record NamespacePolicy(LevelVersion enforce, LevelVersion warn) {

    private static final String PREFIX = "pod-security.kubernetes.io/";

    /**
     * Reads a policy from labels. A value that cannot be parsed counts as restricted:latest, and in warn as privileged.
     */
    static NamespacePolicy of(Map<String, String> labels) {
        LevelVersion enforce = policy(labels, "enforce", Level.RESTRICTED);
        LevelVersion warn = policy(labels, "warn", Level.PRIVILEGED);
        boolean hasEnforce =
                Level.of(labels.getOrDefault(PREFIX + "enforce", "")).isPresent();
        if (!labels.containsKey(PREFIX + "warn")
                && hasEnforce
                && enforce.level().compareTo(warn.level()) > 0) {
            warn = new LevelVersion(
                    enforce.level(), labels.containsKey(PREFIX + "warn-version") ? warn.minor() : enforce.minor());
        }
        return new NamespacePolicy(enforce, warn);
    }

    private static LevelVersion policy(Map<String, String> labels, String mode, Level otherwise) {
        Level level = Optional.ofNullable(labels.get(PREFIX + mode))
                .map(text -> Level.of(text).orElse(otherwise))
                .orElse(Level.PRIVILEGED);
        int minor = Optional.ofNullable(labels.get(PREFIX + mode + "-version"))
                .flatMap(LevelVersion::version)
                .orElse(LevelVersion.LATEST);
        return new LevelVersion(level, minor);
    }
}

package io.jenkins.plugins.argopreflight.offline.admission;

import io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity.Level;
import io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity.LevelVersion;
import java.util.Map;
import java.util.Optional;

/**
 * What a namespace's labels ask of pods; source: k8s.io/pod-security-admission api/helpers.go (PolicyToEvaluate).
 *
 * @param enforce what pods must keep to be let in
 * @param warn what the client is warned of
 */
public record NamespacePolicy(LevelVersion enforce, LevelVersion warn) {

    private static final String PREFIX = "pod-security.kubernetes.io/";

    /** Where the administrator's configuration of the API server says nothing else: everything is let in. */
    public static final NamespacePolicy NONE = new NamespacePolicy(LevelVersion.PRIVILEGED, LevelVersion.PRIVILEGED);

    /** A label's value that does not parse counts as restricted, latest; in warn as privileged. */
    public static NamespacePolicy of(Map<String, String> labels) {
        LevelVersion enforce = policy(labels, "enforce", Level.RESTRICTED);
        LevelVersion warn = policy(labels, "warn", Level.PRIVILEGED);
        boolean enforced = Level.of(labels.getOrDefault(PREFIX + "enforce", "")).isPresent();
        if (!labels.containsKey(PREFIX + "warn") && enforced && enforce.level().compareTo(warn.level()) > 0) {
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

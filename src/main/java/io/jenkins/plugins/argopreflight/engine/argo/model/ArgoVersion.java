package io.jenkins.plugins.argopreflight.engine.argo.model;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A version of Argo Workflows.
 *
 * @param text the version as entered, such as {@code v4.0.5}
 */
public record ArgoVersion(int major, int minor, int patch, String text) implements Comparable<ArgoVersion> {

    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)(?:\\.(\\d+))?(?:[-+].*)?");

    /** The newest release of each line that {@link Behaviour} covers, in ascending order. */
    public static final List<ArgoVersion> KNOWN = Stream.of(
                    "v3.4.18", "v3.5.15", "v3.6.19", "v3.7.18", "v4.0.10", "v4.1.2")
            .map(ArgoVersion::known)
            .toList();

    /** The newest known release. */
    public static final ArgoVersion NEWEST = KNOWN.get(KNOWN.size() - 1);

    /**
     * Reads {@code v4.0.5}, {@code 4.0}, or the tag of an image such as {@code v4.0.5-nonroot}; empty if the text is no
     * version.
     */
    public static Optional<ArgoVersion> parse(String text) {
        Matcher version = VERSION.matcher(text.strip());
        if (!version.matches()
                || version.group(1).length() > 4
                || version.group(2).length() > 4) {
            return Optional.empty();
        }
        String patch = version.group(3) == null || version.group(3).length() > 6 ? "0" : version.group(3);
        return Optional.of(new ArgoVersion(
                Integer.parseInt(version.group(1)),
                Integer.parseInt(version.group(2)),
                Integer.parseInt(patch),
                text.strip()));
    }

    static ArgoVersion known(String text) {
        return parse(text).orElseThrow();
    }

    /** Returns whether this version has a behaviour. */
    public boolean has(Behaviour behaviour) {
        return behaviour.isIn(this);
    }

    /** Returns whether this version is older than a release that added or removed a field, setting or right. */
    public boolean isBefore(String release) {
        return compareTo(known(release)) < 0;
    }

    /**
     * Returns the known release whose behaviour is assumed for this version, if this version is older or newer than the
     * known releases; else empty.
     */
    public Optional<ArgoVersion> assumedRelease() {
        ArgoVersion nearest = KNOWN.stream()
                .filter(known -> !isBeforeLineOf(known))
                .reduce((earlier, later) -> later)
                .orElse(KNOWN.get(0));
        return isBeforeLineOf(nearest) || compareTo(nearest) > 0 ? Optional.of(nearest) : Optional.empty();
    }

    boolean isBeforeLineOf(ArgoVersion other) {
        return compareTo(new ArgoVersion(other.major, other.minor, 0, "")) < 0;
    }

    @Override
    public int compareTo(ArgoVersion other) {
        int order = Integer.compare(major, other.major);
        order = order != 0 ? order : Integer.compare(minor, other.minor);
        return order != 0 ? order : Integer.compare(patch, other.patch);
    }

    @Override
    public String toString() {
        return text;
    }
}

package io.jenkins.plugins.argopreflight.engine.workflow.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version of Argo Workflows.
 *
 * @param text as it was given, such as {@code v4.0.5}
 */
public record ArgoVersion(int major, int minor, int patch, String text) implements Comparable<ArgoVersion> {

    /** The newest that we know. */
    public static final ArgoVersion NEWEST = new ArgoVersion(4, 1, 0, "v4.1.0");

    private static final Pattern VERSION = Pattern.compile("v?(\\d+)\\.(\\d+)(?:\\.(\\d+))?(?:[-+].*)?");

    /** Reads {@code v4.0.5}, {@code 4.0}, or an image's tag such as {@code v4.0.5-nonroot}; empty when it is none. */
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

    @Override
    public int compareTo(ArgoVersion other) {
        int order = Integer.compare(major, other.major);
        order = order != 0 ? order : Integer.compare(minor, other.minor);
        return order != 0 ? order : Integer.compare(patch, other.patch);
    }

    public boolean atLeast(int otherMajor, int otherMinor, int otherPatch) {
        return compareTo(new ArgoVersion(otherMajor, otherMinor, otherPatch, "")) >= 0;
    }

    @Override
    public String toString() {
        return text;
    }
}

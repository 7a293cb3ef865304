package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A level of the Pod Security Standards at a version.
 *
 * @param minor the minor version 1.N whose rules apply; {@link #LATEST} for those of the cluster
 */
public record LevelVersion(Level level, int minor) {

    public static final int LATEST = Integer.MAX_VALUE;

    private static final Pattern VERSION = Pattern.compile("v1\\.([0-9]|[1-9][0-9]{1,4})");

    /** The level without restrictions. Applies to a namespace without a label. */
    public static final LevelVersion PRIVILEGED = new LevelVersion(Level.PRIVILEGED, LATEST);

    /**
     * Reads the value of {@code --pod-security}.
     *
     * @param text {@code LEVEL} or {@code LEVEL:VERSION}, such as {@code baseline:v1.34}
     * @throws IllegalArgumentException if the text is invalid; the message is one line with the error and the valid
     *     values
     */
    public static LevelVersion parse(String text) {
        int colon = text.indexOf(':');
        String level = colon < 0 ? text : text.substring(0, colon);
        String version = colon < 0 ? "latest" : text.substring(colon + 1);
        return new LevelVersion(
                Level.of(level)
                        .orElseThrow(() -> new IllegalArgumentException("invalid Pod Security level \"" + level
                                + "\" in \"" + text + "\": must be one of privileged, baseline, restricted")),
                version(version)
                        .orElseThrow(() -> new IllegalArgumentException("invalid Pod Security version \"" + version
                                + "\" in \"" + text + "\": must be \"latest\" or \"v1.x\"")));
    }

    /** Returns the minor version of a label's value, {@code latest} or {@code v1.N}. */
    public static Optional<Integer> version(String text) {
        if (text.equals("latest")) {
            return Optional.of(LATEST);
        }
        Matcher matcher = VERSION.matcher(text);
        return matcher.matches() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    /** Returns the text that the API server writes: {@code restricted:latest}. */
    @Override
    public String toString() {
        return level + ":" + (minor == LATEST ? "latest" : "v1." + minor);
    }
}

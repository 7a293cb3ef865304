package io.jenkins.plugins.argopreflight.engine.model.object;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A reader of the versions of API servers and kubelets. */
public final class KubernetesVersion {

    private static final Pattern VERSION = Pattern.compile("v?1\\.(\\d{1,4})(?!\\d)");

    private KubernetesVersion() {}

    /**
     * Returns the N of a version 1.N.
     *
     * @param version such as {@code v1.34.4} or {@code 1.34}
     * @return empty if the text is no such version
     */
    public static Optional<Integer> minor(String version) {
        Matcher matcher = VERSION.matcher(version);
        return matcher.lookingAt() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }
}

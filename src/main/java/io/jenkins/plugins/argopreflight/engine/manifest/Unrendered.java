package io.jenkins.plugins.argopreflight.engine.manifest;

import java.util.regex.Pattern;

/** A detector of Helm templates that were not rendered. Argo's own tags {@code {{…}}} are always in strings. */
final class Unrendered {

    private static final Pattern HELM = Pattern.compile("\\{\\{-?\\s*(\\.(Values|Release|Chart|Files|Capabilities)\\b"
            + "|include\\s|template\\s|if\\s|range\\s|with\\s|end\\b)");

    private Unrendered() {}

    static String hint(String text) {
        return HELM.matcher(text).find()
                ? "; this looks like a template of Helm that was not rendered: give the output of `helm template`"
                : "";
    }
}

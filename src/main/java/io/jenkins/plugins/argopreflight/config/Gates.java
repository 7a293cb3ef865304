package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.engine.Gate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words for a {@link Gate} in forms, Jenkinsfiles and configuration as code. */
public final class Gates {

    private Gates() {}

    /**
     * The word as we keep it; FAIL for none.
     *
     * @throws IllegalArgumentException when it is no gate
     */
    public static String nameOf(String written) {
        return of(written).name();
    }

    /** @throws IllegalArgumentException when it is no gate */
    public static Gate of(String written) {
        String word = Util.fixNull(written).trim().toUpperCase(Locale.ROOT);
        return Stream.of(Gate.values())
                .filter(gate -> gate.name().equals(word.isEmpty() ? Gate.FAIL.name() : word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("failOn \"" + written + "\" is none of " + names()));
    }

    /**
     * The word of a parameter that has a default elsewhere; "" for none.
     *
     * @throws IllegalArgumentException when it is no gate
     */
    public static String optionalNameOf(String parameter, String written) {
        String word = Util.fixNull(written).trim().toUpperCase(Locale.ROOT);
        if (word.isEmpty() || Stream.of(Gate.values()).map(Gate::name).anyMatch(word::equals)) {
            return word;
        }
        throw new IllegalArgumentException(parameter + " \"" + written + "\" is none of " + names());
    }

    /** Empty for "". */
    public static Optional<Gate> optional(String word) {
        return word.isEmpty() ? Optional.empty() : Optional.of(Gate.valueOf(word));
    }

    private static String names() {
        return Stream.of(Gate.values()).map(Gate::name).collect(Collectors.joining(", "));
    }

    /** @param unset what it means to choose none */
    public static ListBoxModel unstableChoices(String unset) {
        ListBoxModel choices = new ListBoxModel();
        choices.add(unset, "");
        choices.add("Failures", Gate.FAIL.name());
        choices.add("Failures, also those on a condition", Gate.CONDITIONAL.name());
        choices.add("Failures and warnings", Gate.WARN.name());
        choices.add("Failures, warnings and what could not be checked", Gate.UNKNOWN.name());
        choices.add("Nothing", Gate.NEVER.name());
        return choices;
    }

    public static ListBoxModel choices() {
        ListBoxModel choices = new ListBoxModel();
        choices.add("Fail on failures", Gate.FAIL.name());
        choices.add("Fail on failures, also those on a condition", Gate.CONDITIONAL.name());
        choices.add("Fail on failures and warnings", Gate.WARN.name());
        choices.add("Fail on failures, warnings and what could not be looked at", Gate.UNKNOWN.name());
        choices.add("Never fail", Gate.NEVER.name());
        return choices;
    }
}

package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of a {@link Gate} in forms, Jenkinsfiles and configuration as code. */
public final class Gates {

    private Gates() {}

    /**
     * Returns the normalized value; FAIL for "".
     *
     * @throws IllegalArgumentException if the value is unknown
     */
    public static String nameOf(String value) {
        return of(value).name();
    }

    /**
     * Returns the gate of a value; FAIL for "".
     *
     * @throws IllegalArgumentException if the value is unknown
     */
    public static Gate of(String value) {
        String word = Util.fixNull(value).trim().toUpperCase(Locale.ROOT);
        return Stream.of(Gate.values())
                .filter(gate -> gate.name().equals(word.isEmpty() ? Gate.FAIL.name() : word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(Messages.Gates_unknown("failOn", value, names())));
    }

    /**
     * Returns the normalized value of a parameter without a default; "" for none.
     *
     * @throws IllegalArgumentException if the value is unknown
     */
    public static String optionalNameOf(String parameter, String value) {
        String word = Util.fixNull(value).trim().toUpperCase(Locale.ROOT);
        if (word.isEmpty() || Stream.of(Gate.values()).map(Gate::name).anyMatch(word::equals)) {
            return word;
        }
        throw new IllegalArgumentException(Messages.Gates_unknown(parameter, value, names()));
    }

    /** Returns a value of a Jenkinsfile in upper case. It is validated when the step runs. */
    public static String written(String value) {
        return Util.fixNull(value).trim().toUpperCase(Locale.ROOT);
    }

    /** Returns the gate of a normalized value; empty for "". */
    public static Optional<Gate> optional(String value) {
        return value.isEmpty() ? Optional.empty() : Optional.of(Gate.valueOf(value));
    }

    private static String names() {
        return Stream.of(Gate.values()).map(Gate::name).collect(Collectors.joining(", "));
    }

    /**
     * Returns the choices of {@code unstableOn}.
     *
     * @param unset the text for no value
     */
    public static ListBoxModel unstableChoices(String unset) {
        ListBoxModel choices = new ListBoxModel();
        choices.add(unset, "");
        choices.add(Messages.Gates_failures(), Gate.FAIL.name());
        choices.add(Messages.Gates_conditional(), Gate.CONDITIONAL.name());
        choices.add(Messages.Gates_warnings(), Gate.WARN.name());
        choices.add(Messages.Gates_all(), Gate.UNKNOWN.name());
        choices.add(Messages.Gates_nothing(), Gate.NEVER.name());
        return choices;
    }

    public static ListBoxModel choices() {
        ListBoxModel choices = new ListBoxModel();
        choices.add(Messages.Gates_failOnFailures(), Gate.FAIL.name());
        choices.add(Messages.Gates_failOnConditional(), Gate.CONDITIONAL.name());
        choices.add(Messages.Gates_failOnWarnings(), Gate.WARN.name());
        choices.add(Messages.Gates_failOnAll(), Gate.UNKNOWN.name());
        choices.add(Messages.Gates_never(), Gate.NEVER.name());
        return choices;
    }
}

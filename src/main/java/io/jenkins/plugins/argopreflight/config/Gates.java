package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.engine.preflight.Gate;
import io.jenkins.plugins.argopreflight.engine.preflight.GateOptions;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The values of a {@link Gate} in forms, Jenkinsfiles and configuration as code. */
public final class Gates {

    private Gates() {}

    /**
     * Reads the value of a parameter; empty if the parameter is not set.
     *
     * @throws IllegalArgumentException if it is no gate
     */
    static Optional<Gate> of(String parameter, String value) {
        String word = upperCase(value);
        return word.isEmpty()
                ? Optional.empty()
                : Optional.of(Gate.of(word)
                        .orElseThrow(
                                () -> new IllegalArgumentException(Messages.Gates_unknown(parameter, value, names()))));
    }

    /**
     * Reads the options of a step, a folder or Jenkins.
     *
     * @throws IllegalArgumentException if a value is no gate, or the end of a suppression is not a date
     */
    public static GateOptions options(String failOn, String unstableOn, List<IgnoredCheck> ignores) {
        return new GateOptions(
                of("failOn", failOn),
                of("unstableOn", unstableOn),
                ignores.stream().map(IgnoredCheck::toSuppression).toList());
    }

    /** Returns a value of a Jenkinsfile in capitals; {@link #options} checks it when the step runs. */
    public static String upperCase(String word) {
        return Util.fixNull(word).trim().toUpperCase(Locale.ROOT);
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

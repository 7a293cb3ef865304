package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.engine.report.Gate;
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
                .orElseThrow(() -> new IllegalArgumentException(Messages.Gates_unknown("failOn", written, names())));
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
        throw new IllegalArgumentException(Messages.Gates_unknown(parameter, written, names()));
    }

    /** The word as it was written in a Jenkinsfile, in capitals; whether it is a gate is checked when the step runs. */
    public static String written(String word) {
        return Util.fixNull(word).trim().toUpperCase(Locale.ROOT);
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

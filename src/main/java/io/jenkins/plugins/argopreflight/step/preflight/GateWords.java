package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.Util;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.engine.Gate;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Gates as a Jenkinsfile and a form say them. */
final class GateWords {

    private GateWords() {}

    /**
     * The word as we keep it; "" for none.
     *
     * @throws IllegalArgumentException when it is no gate
     */
    static String clean(String parameter, String written) {
        String word = Util.fixNull(written).trim().toUpperCase(Locale.ROOT);
        if (word.isEmpty()) {
            return "";
        }
        return Stream.of(Gate.values())
                .map(Gate::name)
                .filter(word::equals)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException(parameter + " \"" + written + "\" is none of " + names()));
    }

    /** Empty for "". */
    static Optional<Gate> gate(String word) {
        return word.isEmpty() ? Optional.empty() : Optional.of(Gate.valueOf(word));
    }

    /** @param unset what it means to choose none */
    static ListBoxModel choices(boolean mayAsk, String unset) {
        ListBoxModel choices = new ListBoxModel();
        if (mayAsk) {
            choices.add(unset, "");
            choices.add("Failures", Gate.FAIL.name());
            choices.add("Failures and warnings", Gate.WARN.name());
            choices.add("Failures, warnings and what could not be looked at", Gate.UNKNOWN.name());
            choices.add("Nothing", Gate.NEVER.name());
        }
        return choices;
    }

    static Set<Class<?>> plus(Set<? extends Class<?>> present, Class<?> more) {
        Set<Class<?>> all = new LinkedHashSet<>(present);
        all.add(more);
        return all;
    }

    private static String names() {
        return Stream.of(Gate.values()).map(Gate::name).collect(Collectors.joining(", "));
    }
}

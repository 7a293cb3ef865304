package io.jenkins.plugins.argopreflight.step.preflight;

import hudson.util.ListBoxModel;
import io.jenkins.plugins.argopreflight.config.Gates;
import java.util.LinkedHashSet;
import java.util.Set;

/** Gates as a Jenkinsfile and a form say them. */
final class GateWords {

    private GateWords() {}

    /** @param unset what it means to choose none */
    static ListBoxModel choices(boolean mayAsk, String unset) {
        return mayAsk ? Gates.unstableChoices(unset) : new ListBoxModel();
    }

    static Set<Class<?>> plus(Set<? extends Class<?>> present, Class<?> more) {
        Set<Class<?>> all = new LinkedHashSet<>(present);
        all.add(more);
        return all;
    }
}

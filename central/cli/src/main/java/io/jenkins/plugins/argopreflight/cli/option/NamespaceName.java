package io.jenkins.plugins.argopreflight.cli.option;

import io.jenkins.plugins.argopreflight.cli.console.UsageException;
import io.jenkins.plugins.argopreflight.engine.sync.plan.ObjectName;

/** The validation of a namespace's name in an option. */
public final class NamespaceName {

    private NamespaceName() {}

    public static String of(String option, String name) {
        if (name.matches(".*[*?\\[].*")) {
            throw new UsageException(option + " " + name + ": one namespace is needed, not a pattern");
        }
        ObjectName.problem("Namespace", name).ifPresent(problem -> {
            throw new UsageException(option + " " + name + ": " + problem);
        });
        return name;
    }
}

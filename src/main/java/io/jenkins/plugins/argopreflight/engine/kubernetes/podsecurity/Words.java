package io.jenkins.plugins.argopreflight.engine.kubernetes.podsecurity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The form of lists in messages of Pod Security. */
final class Words {

    private Words() {}

    /** Returns each item in quotes: {@code "init", "wait"}. */
    static String quoted(Collection<String> items) {
        return "\"" + String.join("\", \"", items) + "\"";
    }

    static String plural(String word, Collection<?> items) {
        return items.size() == 1 ? word : word + "s";
    }

    /** Returns a word with names: {@code container "main"}, {@code volumes "a", "b"}. */
    static String named(String word, Collection<String> names) {
        return plural(word, names) + " " + quoted(names);
    }

    /** Returns the places that set a field: the pod, some containers, or {@code pod and container "main"}. */
    static List<String> setters(boolean pod, List<String> containers) {
        List<String> setters = new ArrayList<>();
        if (pod) {
            setters.add("pod");
        }
        if (!containers.isEmpty()) {
            setters.add(named("container", containers));
        }
        return setters;
    }

    static String and(List<String> setters) {
        return String.join(" and ", setters);
    }
}

package io.jenkins.plugins.argopreflight.engine.cluster.admission.podsecurity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** How Pod Security writes lists. */
final class Words {

    private Words() {}

    /** Each in quotes: {@code "init", "wait"}. */
    static String quoted(Collection<String> items) {
        return "\"" + String.join("\", \"", items) + "\"";
    }

    static String plural(String word, Collection<?> items) {
        return items.size() == 1 ? word : word + "s";
    }

    /** {@code container "main"}, {@code volumes "a", "b"}. */
    static String named(String word, Collection<String> names) {
        return plural(word, names) + " " + quoted(names);
    }

    /** Who sets something: the pod, some containers, or {@code pod and container "main"}. */
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

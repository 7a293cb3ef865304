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

    /** A string as Go's %q writes it. */
    static String goQuoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            int special = "\"\\\n\t\r\f\b\u000b\u0007".indexOf(c);
            if (special >= 0) {
                quoted.append('\\').append("\"\\ntrfbva".charAt(special));
            } else if (c < ' ' || c == 0x7f) {
                quoted.append(String.format("\\x%02x", c));
            } else if (c < 0x7f || isPrintable(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
            }
        });
        return quoted.append('"').toString();
    }

    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR -> false;
            default -> true;
        };
    }
}

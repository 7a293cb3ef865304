package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Fills texts of the table with what was seen: in one line, visible, and not longer than a reader takes in. */
public final class Values {

    private static final int LONGEST = 200;

    private static final Pattern NAME = Pattern.compile("\\{([^}]*)}");

    private Values() {}

    /** The first of these texts of which every value is known; the last where there is none. */
    public static String first(List<String> texts, Map<String, String> values) {
        return texts.stream().filter(text -> isKnown(text, values)).findFirst().orElse(texts.get(texts.size() - 1));
    }

    /** Whether each value that the text names is known. */
    public static boolean isKnown(String text, Map<String, String> values) {
        return NAME.matcher(text).results().allMatch(name -> values.containsKey(name.group(1)));
    }

    /** Each {@code {name}} with its value; one without a value reads as its name in capitals. */
    public static String fill(String text, Map<String, String> values) {
        StringBuilder filled = new StringBuilder();
        parts(text, values).forEach(part -> filled.append(part.text()));
        return filled.toString();
    }

    /** The same as a title, of which the values are shortened so that it fits. */
    public static String title(String text, Map<String, String> values) {
        StringBuilder words = new StringBuilder();
        List<String> shown = new ArrayList<>();
        for (Part part : parts(text, values)) {
            words.append(part.value() ? "%s" : part.text().replace("%", "%%"));
            if (part.value()) {
                shown.add(part.text());
            }
        }
        return shown.isEmpty() ? Title.of(text) : Title.of(words.toString(), shown.toArray(String[]::new));
    }

    private record Part(String text, boolean value) {}

    private static List<Part> parts(String text, Map<String, String> values) {
        List<Part> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (close < 0) {
                parts.add(new Part(text.substring(at), false));
                break;
            }
            parts.add(new Part(text.substring(at, open), false));
            String name = text.substring(open + 1, close);
            parts.add(new Part(shown(values.getOrDefault(name, name.toUpperCase(java.util.Locale.ROOT))), true));
            at = close + 1;
        }
        return parts;
    }

    private static String shown(String value) {
        String line = Visible.line(value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value);
        return line.strip();
    }
}

package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.fix.Visible;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The filling of the table's texts with observed values: in one line, visible, and not longer than a reader takes in. */
public final class Values {

    private static final int LONGEST = 200;

    private static final Pattern NAME = Pattern.compile("\\{([^{}]*)}");

    private Values() {}

    /** Returns the first of these texts of which every value is known, else the last. */
    public static String first(List<String> texts, Map<String, String> values) {
        return texts.stream().filter(text -> isKnown(text, values)).findFirst().orElse(texts.get(texts.size() - 1));
    }

    /** Returns whether each value that the text names is known. */
    public static boolean isKnown(String text, Map<String, String> values) {
        return NAME.matcher(text).results().allMatch(name -> values.containsKey(name.group(1)));
    }

    /** Replaces each {@code {name}} by its value; a name without a value is written in capitals. */
    public static String fill(String text, Map<String, String> values) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        int open = text.indexOf('{');
        int close = text.indexOf('}', open);
        while (open >= 0 && close >= 0) {
            String name = text.substring(open + 1, close);
            filled.append(text, at, open).append(shown(values.getOrDefault(name, name.toUpperCase(Locale.ROOT))));
            at = close + 1;
            open = text.indexOf('{', at);
            close = text.indexOf('}', open);
        }
        return filled.append(text, at, text.length()).toString();
    }

    /** Fills the text as a title that is short enough for one line. */
    public static String title(String text, Map<String, String> values) {
        Map<String, String> shorter = new HashMap<>(values);
        if (fill(text, values).length() > Title.MOST) {
            shorter.computeIfPresent("image", (name, image) -> Title.image(image));
        }
        return Title.of(fill(text, shorter));
    }

    private static String shown(String value) {
        String line = Visible.line(value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value);
        return line.strip();
    }
}

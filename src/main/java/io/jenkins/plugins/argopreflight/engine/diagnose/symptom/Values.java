package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import io.jenkins.plugins.argopreflight.engine.check.Title;
import io.jenkins.plugins.argopreflight.engine.util.text.Visible;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The replacement of placeholders in the table's texts by observed values, in one line, with visible characters and
 * limited length.
 */
public final class Values {

    private static final int MAX_VALUE_CHARACTERS = 200;

    private static final Pattern NAME = Pattern.compile("\\{([^{}]*)}");

    private Values() {}

    /** Returns the first of these texts whose values are all known, else the last. */
    public static String first(List<String> texts, Map<String, String> values) {
        return texts.stream().filter(text -> isKnown(text, values)).findFirst().orElse(texts.get(texts.size() - 1));
    }

    /** Returns whether the values of all placeholders in the text are known. */
    public static boolean isKnown(String text, Map<String, String> values) {
        return NAME.matcher(text).results().allMatch(name -> values.containsKey(name.group(1)));
    }

    /**
     * Returns the text with each {@code {name}} replaced by its value; a name without a value is written in capitals.
     */
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

    /** Returns the text with its values as a title that fits into one line. */
    public static String title(String text, Map<String, String> values) {
        return Title.format(withShortImage(text, values));
    }

    /** Returns the title before {@link #title} shortens it; {@code ""} if it fits. */
    public static String wholeTitle(String text, Map<String, String> values) {
        return Title.ifShortened(withShortImage(text, values));
    }

    /** Returns the text with its values, and with a shorter name of the image if it is too long for a title. */
    private static String withShortImage(String text, Map<String, String> values) {
        String filled = fill(text, values);
        if (Title.fits(filled)) {
            return filled;
        }
        Map<String, String> shorter = new HashMap<>(values);
        shorter.computeIfPresent("image", (name, image) -> Title.image(image));
        return fill(text, shorter);
    }

    private static String shown(String value) {
        String line = Visible.line(
                value.length() > MAX_VALUE_CHARACTERS ? value.substring(0, MAX_VALUE_CHARACTERS) + "…" : value);
        return line.strip();
    }
}

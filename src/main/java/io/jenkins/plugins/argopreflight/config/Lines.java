package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The conversion between lists and the lines of a form's text area, which submits a list with a single text. */
public final class Lines {

    private Lines() {}

    /** Returns the entries, split at line breaks and commas, trimmed and without empty ones. */
    public static List<String> clean(@Nullable Collection<String> entries) {
        return Stream.ofNullable(entries)
                .flatMap(Collection::stream)
                .flatMap(text -> Stream.of(Util.fixNull(text).split("[\\r\\n,]")))
                .map(String::trim)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** Returns the lines of a text, trimmed and without empty ones. Commas do not split a line. */
    public static List<String> of(String text) {
        return text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    /** Returns a list as the lines of a text area. */
    public static String toText(Collection<String> lines) {
        return lines == null ? "" : String.join("\n", lines);
    }
}

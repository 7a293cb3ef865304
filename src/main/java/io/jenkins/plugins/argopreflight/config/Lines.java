package io.jenkins.plugins.argopreflight.config;

import hudson.Util;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists that a form shows as the lines of a text: what it sends back is a list of one text. */
public final class Lines {

    private Lines() {}

    /** The entries, and the lines of each (or what commas part), trimmed and without empty ones. */
    public static List<String> clean(@Nullable Collection<String> written) {
        return Stream.ofNullable(written)
                .flatMap(Collection::stream)
                .flatMap(text -> Stream.of(Util.fixNull(text).split("[\\r\\n,]")))
                .map(String::trim)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toCollection(ArrayList::new));
    }

    /** The lines of a text, trimmed and without empty ones; a comma is part of its line. */
    public static List<String> of(String text) {
        return text.lines().map(String::trim).filter(line -> !line.isEmpty()).toList();
    }

    /** What a form shows of a list. */
    public static String toText(Collection<String> lines) {
        return lines == null ? "" : String.join("\n", lines);
    }
}

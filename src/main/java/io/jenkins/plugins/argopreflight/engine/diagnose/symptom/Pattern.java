package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text with gaps: {@code {name}} is a value in one line, {@code {...}} is any text. It is searched for inside a text;
 * {@code ^} at its beginning and {@code $} at its end bind it to the ends of the text. A search takes time linear in
 * the length of the text.
 */
final class Pattern {

    /** The maximum length of a value, and the maximum number of attempts to match, each from a later beginning. */
    private static final int MAX_VALUE_CHARACTERS = 512;

    private static final int MAX_ATTEMPTS = 8;
    /** The number of characters that searches of this thread inspected, for the test of the linear time. */
    private static final ThreadLocal<long[]> STEPS = new ThreadLocal<>();

    private final String source;
    private final List<String> literals = new ArrayList<>();
    /** The gap after each literal; the last literal can have none. */
    private final List<String> gaps = new ArrayList<>();

    private final boolean fromBeginning;
    private final boolean toEnd;

    /**
     * Parses a pattern.
     *
     * @throws IllegalArgumentException if a gap is not closed, or the pattern begins with a gap
     */
    Pattern(String source) {
        this.source = source;
        this.fromBeginning = source.startsWith("^");
        this.toEnd = source.endsWith("$");
        String text = source.substring(fromBeginning ? 1 : 0, source.length() - (toEnd ? 1 : 0));
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int close = open < 0 ? -1 : text.indexOf('}', open);
            if (open >= 0 && close < 0 || open == at) {
                throw new IllegalArgumentException("not a pattern: " + source);
            }
            literals.add(text.substring(at, open < 0 ? text.length() : open));
            if (open >= 0) {
                gaps.add(text.substring(open + 1, close));
            }
            at = open < 0 ? text.length() : close + 1;
        }
        if (literals.isEmpty()) {
            throw new IllegalArgumentException("an empty pattern");
        }
    }

    /** Returns the values of the gaps by name; empty if the text does not match. */
    Optional<Map<String, String>> match(String text) {
        int from = 0;
        for (int i = 0; i < MAX_ATTEMPTS; i++) {
            int begin =
                    fromBeginning ? (text.startsWith(literals.get(0)) ? 0 : -1) : search(text, literals.get(0), from);
            if (begin < 0) {
                return Optional.empty();
            }
            Optional<Map<String, String>> values =
                    matchAfter(text, begin + literals.get(0).length());
            if (values.isPresent() || fromBeginning) {
                return values;
            }
            from = begin + 1;
        }
        return Optional.empty();
    }

    private Optional<Map<String, String>> matchAfter(String text, int start) {
        Map<String, String> values = new LinkedHashMap<>();
        int at = start;
        for (int i = 0; i < gaps.size(); i++) {
            boolean last = i + 1 == literals.size();
            int end = last ? end(text, at) : search(text, literals.get(i + 1), at);
            if (end < 0) {
                return Optional.empty();
            }
            String gap = gaps.get(i);
            if (!gap.equals("...")) {
                int limit = Math.min(end, at + MAX_VALUE_CHARACTERS + 1);
                if (end > limit || text.substring(at, end).indexOf('\n') >= 0) {
                    return Optional.empty();
                }
                values.putIfAbsent(gap, text.substring(at, end));
            }
            at = last ? end : end + literals.get(i + 1).length();
        }
        return toEnd && at != text.length() ? Optional.empty() : Optional.of(values);
    }

    private static int search(String text, String literal, int from) {
        int at = text.indexOf(literal, from);
        long[] steps = STEPS.get();
        if (steps != null) {
            steps[0] += (at < 0 ? text.length() : at) - from;
        }
        return at;
    }

    /** Returns the number of characters that the task's searches inspect. */
    static long countingSteps(Runnable task) {
        long[] steps = new long[1];
        STEPS.set(steps);
        try {
            task.run();
        } finally {
            STEPS.remove();
        }
        return steps[0];
    }

    /** Returns the end of a value at the end of a pattern: the end of its line. */
    private static int end(String text, int at) {
        int line = text.indexOf('\n', at);
        int end = line < 0 ? text.length() : line;
        return Math.min(end, at + MAX_VALUE_CHARACTERS);
    }

    /** Returns the pattern as the table has it. */
    @Override
    public String toString() {
        return source;
    }
}

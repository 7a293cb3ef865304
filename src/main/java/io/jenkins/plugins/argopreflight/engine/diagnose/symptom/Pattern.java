package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text with gaps: {@code {name}} is a value in one line, {@code {...}} is anything. It is searched for inside of a
 * text; {@code ^} at its begin and {@code $} at its end hold it to the text's ends. The time that a search takes grows
 * with the length of the text, and no faster.
 */
final class Pattern {

    /** A value is at most so long, and a match begins at most so often again. */
    private static final int LONGEST_VALUE = 512;

    private static final int TRIES = 8;
    /** Characters that searches of this thread went through, for the test that holds them to the length of a text. */
    private static final ThreadLocal<long[]> STEPS = new ThreadLocal<>();

    private final String source;
    private final List<String> literals = new ArrayList<>();
    /** The gap after each literal; the last one can be missing. */
    private final List<String> gaps = new ArrayList<>();

    private final boolean fromBegin;
    private final boolean toEnd;

    /** @throws IllegalArgumentException when a gap is not closed, or the text begins with one */
    Pattern(String source) {
        this.source = source;
        this.fromBegin = source.startsWith("^");
        this.toEnd = source.endsWith("$");
        String text = source.substring(fromBegin ? 1 : 0, source.length() - (toEnd ? 1 : 0));
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

    /** The values of its gaps by their names; empty when it does not fit. */
    Optional<Map<String, String>> match(String text) {
        int from = 0;
        for (int i = 0; i < TRIES; i++) {
            int begin = fromBegin ? (text.startsWith(literals.get(0)) ? 0 : -1) : search(text, literals.get(0), from);
            if (begin < 0) {
                return Optional.empty();
            }
            Optional<Map<String, String>> values =
                    from(text, begin + literals.get(0).length());
            if (values.isPresent() || fromBegin) {
                return values;
            }
            from = begin + 1;
        }
        return Optional.empty();
    }

    private Optional<Map<String, String>> from(String text, int start) {
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
                int limit = Math.min(end, at + LONGEST_VALUE + 1);
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

    /** How many characters the work searches through. */
    static long countingSteps(Runnable work) {
        long[] steps = new long[1];
        STEPS.set(steps);
        try {
            work.run();
        } finally {
            STEPS.remove();
        }
        return steps[0];
    }

    /** A value at the end of a pattern ends with its line. */
    private static int end(String text, int at) {
        int line = text.indexOf('\n', at);
        int end = line < 0 ? text.length() : line;
        return Math.min(end, at + LONGEST_VALUE);
    }

    /** As it is written in the table. */
    @Override
    public String toString() {
        return source;
    }
}

package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The size of a regular expression in instructions after its repetitions are expanded, as the compiler does. It is an
 * upper bound, and computed without compiling.
 */
final class RegexSize {

    private static final long MAX_INSTRUCTIONS = 1L << 40;

    /** Go's limit of the product of nested repetitions. */
    private static final long MAX_REPEATS = 1000;

    private final String text;
    private final Budget budget;
    private int index;

    /** Product of the nested repetitions of the last element. */
    private long repeats = 1;

    private RegexSize(String text, Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    /**
     * Returns the number of instructions.
     *
     * @throws IllegalArgumentException if Go refuses its repetitions
     * @throws io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget if it is too large or nested too deeply
     */
    static long of(String text, Budget budget) {
        budget.chargeRead(text.length());
        budget.atMost(Limit.REGEX_STEPS, text.length());
        long size = new RegexSize(text, budget).measure();
        budget.atMost(Limit.REGEX_STEPS, size * 1000);
        budget.charge(Limit.WORK_UNITS, size);
        return size;
    }

    private long measure() {
        Deque<Long> outer = new ArrayDeque<>();
        Deque<Long> outerRepeats = new ArrayDeque<>();
        long innerRepeats = 1;
        long sum = 2;
        long atom = 0;
        while (index < text.length()) {
            char c = text.charAt(index);
            if (c == '(') {
                outer.push(sum + atom);
                outerRepeats.push(Math.max(innerRepeats, repeats));
                innerRepeats = 1;
                repeats = 1;
                budget.atMost(Limit.DEPTH_LEVELS, outer.size());
                sum = 2;
                atom = 0;
                index++;
            } else if (c == ')') {
                long group = sum + atom;
                sum = outer.isEmpty() ? 0 : outer.pop();
                atom = group;
                repeats = Math.max(innerRepeats, repeats);
                innerRepeats = outerRepeats.isEmpty() ? 1 : outerRepeats.pop();
                index++;
            } else if (c == '*' || c == '+' || c == '?') {
                atom = Math.min(MAX_INSTRUCTIONS, atom * (c == '+' ? 2 : 1) + 1);
                index++;
            } else if (c == '{') {
                atom = Math.min(MAX_INSTRUCTIONS, repeated(atom));
            } else {
                sum = Math.min(MAX_INSTRUCTIONS, sum + atom);
                innerRepeats = Math.max(innerRepeats, repeats);
                repeats = 1;
                atom = single(c);
            }
        }
        while (!outer.isEmpty()) {
            sum += outer.pop();
        }
        return Math.min(MAX_INSTRUCTIONS, sum + atom);
    }

    /**
     * Skips a character, class, escape or quotation with {@code \Q}, and returns its size: two instructions for each
     * character.
     */
    private long single(char c) {
        int start = index;
        index++;
        if (c == '[') {
            index += text.startsWith("^", index) ? 1 : 0;
            index += text.startsWith("]", index) ? 1 : 0;
            while (index < text.length() && text.charAt(index) != ']') {
                boolean isNamedClass = text.startsWith("[:", index) && text.indexOf(":]", index) > 0;
                index = isNamedClass ? text.indexOf(":]", index) + 2 : index + (text.charAt(index) == '\\' ? 2 : 1);
            }
            index = Math.min(index + 1, text.length());
            return 2L + (index - start) / 8;
        }
        if (c == '\\' && index < text.length()) {
            if (text.charAt(index) == 'Q') {
                int end = text.indexOf("\\E", index);
                index = end < 0 ? text.length() : end + 2;
                return (long) index - start;
            }
            index++;
        }
        return 2;
    }

    /**
     * Skips a repetition, {@code {n}}, {@code {n,}} or {@code {n,m}}, and returns its size. Other braces are
     * characters.
     */
    private long repeated(long atom) {
        int close = text.indexOf('}', index);
        String[] counts = close < 0 || close - index > 20
                ? new String[0]
                : text.substring(index + 1, close).split(",", 2);
        if (counts.length == 0
                || !isNumber(counts[0])
                || counts.length == 2 && !counts[1].isEmpty() && !isNumber(counts[1])) {
            index++;
            return atom + 2;
        }
        index = close + 1;
        long minRepeats = Long.parseLong(counts[0]);
        long maxRepeats =
                counts.length == 1 ? minRepeats : counts[1].isEmpty() ? minRepeats + 1 : Long.parseLong(counts[1]);
        repeats *= Math.max(1, counts.length == 2 && counts[1].isEmpty() ? minRepeats : maxRepeats);
        if (repeats > MAX_REPEATS) {
            throw new IllegalArgumentException("invalid repeat count");
        }
        return (atom + 1) * Math.max(1, Math.max(minRepeats, maxRepeats));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 7 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

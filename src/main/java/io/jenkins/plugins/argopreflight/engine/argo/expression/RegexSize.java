package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The size of a regular expression: an upper bound of the instructions to which Go and RE2/J compile it, with repetitions
 * written out. It is computed without compiling.
 */
final class RegexSize {

    /** The size at which counting stops, so that products do not overflow. It is far above what the budget accepts. */
    private static final long SATURATED_SIZE = 1L << 40;

    /** Go's limit of the product of nested repetitions. */
    private static final long MAX_REPEATS = 1000;

    /** The length of a text that each accepted expression can be matched with. */
    private static final long MIN_TEXT_CHARACTERS = 1000;

    /** The longest text between braces that is parsed as a repetition; two numbers and a comma are shorter. */
    private static final int MAX_BRACES_CHARACTERS = 20;

    /** The most digits of a number that is parsed. A longer number is left to the compiler, which refuses it. */
    private static final int MAX_DIGITS = 6;

    private final String text;
    private final Budget budget;
    private int index;

    /**
     * The product of the repetitions of the last element and of the elements nested in it: 6 after {@code (a{2}){3}}.
     */
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
        budget.atMost(Limit.REGEX_STEPS, size * MIN_TEXT_CHARACTERS);
        budget.charge(Limit.WORK_UNITS, size);
        return size;
    }

    /**
     * Returns the size of the whole text. Each open group has an entry on both stacks. A sum begins with two
     * instructions: the begin and the end of the expression or of a group.
     */
    private long measure() {
        Deque<Long> outer = new ArrayDeque<>();
        Deque<Long> outerRepeats = new ArrayDeque<>();
        // The largest product of repetitions among the earlier elements of this group.
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
                atom = Math.min(SATURATED_SIZE, atom * (c == '+' ? 2 : 1) + 1);
                index++;
            } else if (c == '{') {
                atom = Math.min(SATURATED_SIZE, repeated(atom));
            } else {
                sum = Math.min(SATURATED_SIZE, sum + atom);
                innerRepeats = Math.max(innerRepeats, repeats);
                repeats = 1;
                atom = single(c);
            }
        }
        while (!outer.isEmpty()) {
            sum += outer.pop();
        }
        return Math.min(SATURATED_SIZE, sum + atom);
    }

    /**
     * Skips a character, class, escape or quotation with {@code \Q}, and returns its size: 2 for a character or an
     * escape, 2 and an eighth of its length for a class, whose ranges belong to one instruction, and the length of a
     * quotation, which has one instruction for each character.
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
        String[] counts = close < 0 || close - index > MAX_BRACES_CHARACTERS
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
        return !text.isEmpty() && text.length() <= MAX_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How many instructions a regular expression has when its repetitions are written out, as the compiler does: an upper
 * bound, found without compiling it.
 */
final class RegexSize {

    private static final long MOST = 1L << 40;

    /** Go's: how often repetitions in repetitions can repeat together. */
    private static final long REPEATS = 1000;

    private final String text;
    private final Budget budget;
    private int at;

    /** Repetitions of the last element: how often they repeat together. */
    private long repeats = 1;

    private RegexSize(String text, Budget budget) {
        this.text = text;
        this.budget = budget;
    }

    /**
     * @throws IllegalArgumentException when Go refuses its repetitions
     * @throws io.jenkins.plugins.argopreflight.engine.budget.OverBudget when it is too large or nested too deeply
     */
    static long of(String text, Budget budget) {
        budget.read(text.length());
        budget.atMost(Limit.REGEX, text.length());
        long size = new RegexSize(text, budget).measure();
        budget.atMost(Limit.REGEX, size * 1000);
        budget.charge(Limit.WORK, size);
        return size;
    }

    private long measure() {
        Deque<Long> outer = new ArrayDeque<>();
        Deque<Long> outerRepeats = new ArrayDeque<>();
        long inside = 1;
        long sum = 2;
        long atom = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '(') {
                outer.push(sum + atom);
                outerRepeats.push(Math.max(inside, repeats));
                inside = 1;
                repeats = 1;
                budget.atMost(Limit.DEPTH, outer.size());
                sum = 2;
                atom = 0;
                at++;
            } else if (c == ')') {
                long group = sum + atom;
                sum = outer.isEmpty() ? 0 : outer.pop();
                atom = group;
                repeats = Math.max(inside, repeats);
                inside = outerRepeats.isEmpty() ? 1 : outerRepeats.pop();
                at++;
            } else if (c == '*' || c == '+' || c == '?') {
                atom = Math.min(MOST, atom * (c == '+' ? 2 : 1) + 1);
                at++;
            } else if (c == '{') {
                atom = Math.min(MOST, repeated(atom));
            } else {
                sum = Math.min(MOST, sum + atom);
                inside = Math.max(inside, repeats);
                repeats = 1;
                atom = single(c);
            }
        }
        while (!outer.isEmpty()) {
            sum += outer.pop();
        }
        return Math.min(MOST, sum + atom);
    }

    /** A character, a class, an escape or what {@code \Q} quotes; two instructions for each. */
    private long single(char c) {
        int start = at;
        at++;
        if (c == '[') {
            at += text.startsWith("^", at) ? 1 : 0;
            at += text.startsWith("]", at) ? 1 : 0;
            while (at < text.length() && text.charAt(at) != ']') {
                boolean named = text.startsWith("[:", at) && text.indexOf(":]", at) > 0;
                at = named ? text.indexOf(":]", at) + 2 : at + (text.charAt(at) == '\\' ? 2 : 1);
            }
            at = Math.min(at + 1, text.length());
            return 2L + (at - start) / 8;
        }
        if (c == '\\' && at < text.length()) {
            if (text.charAt(at) == 'Q') {
                int end = text.indexOf("\\E", at);
                at = end < 0 ? text.length() : end + 2;
                return (long) at - start;
            }
            at++;
        }
        return 2;
    }

    /** {@code {n}}, {@code {n,}} and {@code {n,m}}; any other brace is a character. */
    private long repeated(long atom) {
        int close = text.indexOf('}', at);
        String[] counts = close < 0 || close - at > 20
                ? new String[0]
                : text.substring(at + 1, close).split(",", 2);
        if (counts.length == 0
                || !isNumber(counts[0])
                || counts.length == 2 && !counts[1].isEmpty() && !isNumber(counts[1])) {
            at++;
            return atom + 2;
        }
        at = close + 1;
        long least = Long.parseLong(counts[0]);
        long most = counts.length == 1 ? least : counts[1].isEmpty() ? least + 1 : Long.parseLong(counts[1]);
        repeats *= Math.max(1, counts.length == 2 && counts[1].isEmpty() ? least : most);
        if (repeats > REPEATS) {
            throw new IllegalArgumentException("invalid repeat count");
        }
        return (atom + 1) * Math.max(1, Math.max(least, most));
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() < 7 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}

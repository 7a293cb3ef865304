package io.jenkins.plugins.argopreflight.engine.argo.expression;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A regular expression that is evaluated like Go's {@code regexp}, in linear time. Its size is limited before it is
 * compiled, and each match is charged to the budget before it runs, because a match cannot be interrupted.
 */
final class Regex {

    private final Budget budget = Budget.current();
    private final Pattern pattern;
    private final long instructions;

    /** A match with its start, its end and those of its groups; -1 for a group without a match. */
    private record Match(int start, int end, int[] groups) {}

    /**
     * Compiles a regular expression.
     *
     * @throws IllegalArgumentException if the text is no regular expression of both Go and RE2/J
     */
    Regex(String text) {
        instructions = RegexSize.of(text, budget);
        try {
            pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /**
     * Returns the syntax error of a regular expression; empty if it has none, or if it depends on the version: names of
     * groups and of classes.
     */
    static Optional<String> problem(String text) {
        try {
            new Regex(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            boolean hasNames = text.contains("(?") || text.contains("\\p") || text.contains("\\P");
            return e.getCause() instanceof PatternSyntaxException syntaxError && !hasNames
                    ? Optional.ofNullable(syntaxError.getMessage())
                    : Optional.empty();
        }
    }

    boolean matches(String text) {
        charge(text.length());
        return pattern.matcher(text).find();
    }

    /** Returns the leftmost match; "" if there is none. */
    String find(String text) {
        charge(text.length());
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    /** Returns the first matches, at most {@code maxMatches}; all of them for a negative number. */
    List<Object> findAll(String text, long maxMatches) {
        List<Object> texts = new ArrayList<>();
        matches(text, maxMatches).forEach(match -> texts.add(text.substring(match.start(), match.end())));
        return texts;
    }

    /**
     * Returns the texts between matches, at most {@code maxParts}; all of them for a negative number. Source: Go's
     * Regexp.Split.
     */
    List<Object> split(String text, long maxParts) {
        List<Object> parts = new ArrayList<>();
        if (maxParts == 0) {
            return parts;
        }
        if (text.isEmpty() && !pattern.toString().isEmpty()) {
            parts.add("");
            return parts;
        }
        int begin = 0;
        int end = 0;
        for (Match match : matches(text, maxParts)) {
            if (maxParts > 0 && parts.size() == maxParts - 1) {
                break;
            }
            end = match.start();
            if (match.end() != 0) {
                parts.add(text.substring(begin, end));
            }
            begin = match.end();
        }
        if (end != text.length()) {
            parts.add(text.substring(begin));
        }
        return parts;
    }

    /**
     * Returns the text with each match replaced. {@code $1} and {@code ${name}} are replaced by groups unless the
     * replacement is literal.
     */
    String replaceAll(String text, String replacement, boolean isLiteral) {
        StringBuilder result = new StringBuilder();
        int copied = 0;
        for (Match match : matches(text, -1)) {
            result.append(text, copied, match.start());
            int lengthBefore = result.length();
            if (isLiteral) {
                result.append(replacement);
            } else {
                expand(result, replacement, text, match);
            }
            budget.chargeText(result.length() - lengthBefore);
            budget.atMost(Limit.VALUE_CHARACTERS, result.length());
            copied = match.end();
        }
        return result.append(text, copied, text.length()).toString();
    }

    /** Returns the matches. Go ignores an empty match right after the previous one. Source: Go's Regexp.allMatches. */
    private List<Match> matches(String text, long maxMatches) {
        List<Match> matches = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int index = 0;
        int previous = -1;
        while (index <= text.length() && (maxMatches < 0 || matches.size() < maxMatches)) {
            charge(text.length() - index);
            if (!matcher.find(index)) {
                break;
            }
            boolean isCounted = matcher.end() > matcher.start() || matcher.start() != previous;
            if (isCounted) {
                budget.charge(Limit.NODES, 1);
                int[] groups = new int[2 * matcher.groupCount() + 2];
                for (int i = 0; i <= matcher.groupCount(); i++) {
                    groups[2 * i] = matcher.start(i);
                    groups[2 * i + 1] = matcher.end(i);
                }
                matches.add(new Match(matcher.start(), matcher.end(), groups));
            }
            previous = matcher.end();
            index = matcher.end() > index || matcher.end() > matcher.start()
                    ? matcher.end()
                    : index + Character.charCount(index < text.length() ? text.codePointAt(index) : 0);
        }
        return matches;
    }

    /**
     * Appends a replacement in which groups are expanded: the name after a dollar sign is as long as possible, and an
     * unknown name is empty. Source: Go's Regexp.expand.
     */
    private void expand(StringBuilder result, String template, String text, Match match) {
        int index = 0;
        while (index < template.length()) {
            char c = template.charAt(index);
            if (c != '$') {
                result.append(c);
                index++;
                continue;
            }
            if (template.startsWith("$$", index)) {
                result.append('$');
                index += 2;
                continue;
            }
            boolean hasBrace = template.startsWith("${", index);
            int start = index + (hasBrace ? 2 : 1);
            int end = start;
            while (end < template.length() && isName(template.codePointAt(end))) {
                end += Character.charCount(template.codePointAt(end));
            }
            if (end == start || hasBrace && !template.startsWith("}", end)) {
                result.append('$');
                index++;
                continue;
            }
            group(result, template.substring(start, end), text, match);
            index = end + (hasBrace ? 1 : 0);
        }
    }

    private void group(StringBuilder result, String name, String text, Match match) {
        boolean isNumber = name.chars().allMatch(c -> c >= '0' && c <= '9')
                && name.length() < 9
                && (name.length() == 1 || name.charAt(0) != '0');
        int group = isNumber ? Integer.parseInt(name) : pattern.namedGroups().getOrDefault(name, -1);
        if (group >= 0 && 2 * group + 1 < match.groups().length && match.groups()[2 * group] >= 0) {
            result.append(text, match.groups()[2 * group], match.groups()[2 * group + 1]);
        }
    }

    private static boolean isName(int c) {
        return Character.isLetter(c) || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER || c == '_';
    }

    private void charge(long characters) {
        long steps = instructions * (characters + 1);
        budget.atMost(Limit.REGEX_STEPS, steps);
        budget.charge(Limit.WORK_UNITS, 1 + steps / 4);
    }
}

package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A regular expression as Go's {@code regexp} evaluates it, in linear time. Its size is bounded before it is compiled,
 * and each match is charged before it runs, because a match cannot be interrupted.
 */
final class Regex {

    private final Budget budget = Budget.current();
    private final Pattern pattern;
    private final long size;

    /** One match: where it is, and where its groups are; -1 for a group that took no part. */
    private record Match(int start, int end, int[] groups) {}

    /** @throws IllegalArgumentException when it is not one that both Go and RE2/J read */
    Regex(String text) {
        size = RegexSize.of(text, budget);
        try {
            pattern = Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Why it is none; empty where that depends on the version: names of groups and of classes. */
    static Optional<String> problem(String text) {
        try {
            new Regex(text);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            boolean named = text.contains("(?") || text.contains("\\p") || text.contains("\\P");
            return e.getCause() instanceof PatternSyntaxException none && !named
                    ? Optional.ofNullable(none.getMessage())
                    : Optional.empty();
        }
    }

    boolean matches(String text) {
        charge(text.length());
        return pattern.matcher(text).find();
    }

    /** The leftmost match; "" when there is none. */
    String find(String text) {
        charge(text.length());
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    /** At most so many matches; all for a negative number. */
    List<Object> findAll(String text, long most) {
        List<Object> found = new ArrayList<>();
        matches(text, most).forEach(match -> found.add(text.substring(match.start(), match.end())));
        return found;
    }

    /** The text between matches: at most so many parts, all for a negative number. Source: Go's Regexp.Split. */
    List<Object> split(String text, long most) {
        List<Object> parts = new ArrayList<>();
        if (most == 0) {
            return parts;
        }
        if (text.isEmpty() && !pattern.toString().isEmpty()) {
            parts.add("");
            return parts;
        }
        int begin = 0;
        int end = 0;
        for (Match match : matches(text, most)) {
            if (most > 0 && parts.size() == most - 1) {
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

    /** Each match replaced; {@code $1} and {@code ${name}} stand for groups unless the replacement is literal. */
    String replaceAll(String text, String replacement, boolean literal) {
        StringBuilder result = new StringBuilder();
        int at = 0;
        for (Match match : matches(text, -1)) {
            result.append(text, at, match.start());
            int before = result.length();
            if (literal) {
                result.append(replacement);
            } else {
                expand(result, replacement, text, match);
            }
            budget.text(result.length() - before);
            budget.atMost(Limit.VALUE, result.length());
            at = match.end();
        }
        return result.append(text, at, text.length()).toString();
    }

    /** Go's rule: an empty match right after the one before does not count. Source: Go's Regexp.allMatches. */
    private List<Match> matches(String text, long most) {
        List<Match> matches = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        int at = 0;
        int previous = -1;
        while (at <= text.length() && (most < 0 || matches.size() < most)) {
            charge(text.length() - at);
            if (!matcher.find(at)) {
                break;
            }
            boolean counts = matcher.end() > matcher.start() || matcher.start() != previous;
            if (counts) {
                budget.charge(Limit.NODES, 1);
                int[] groups = new int[2 * matcher.groupCount() + 2];
                for (int i = 0; i <= matcher.groupCount(); i++) {
                    groups[2 * i] = matcher.start(i);
                    groups[2 * i + 1] = matcher.end(i);
                }
                matches.add(new Match(matcher.start(), matcher.end(), groups));
            }
            previous = matcher.end();
            at = matcher.end() > at || matcher.end() > matcher.start()
                    ? matcher.end()
                    : at + Character.charCount(at < text.length() ? text.codePointAt(at) : 0);
        }
        return matches;
    }

    /** Source: Go's Regexp.expand: the longest name after a dollar sign; an unknown name is empty. */
    private void expand(StringBuilder to, String template, String text, Match match) {
        int at = 0;
        while (at < template.length()) {
            char c = template.charAt(at);
            if (c != '$') {
                to.append(c);
                at++;
                continue;
            }
            if (template.startsWith("$$", at)) {
                to.append('$');
                at += 2;
                continue;
            }
            boolean brace = template.startsWith("${", at);
            int start = at + (brace ? 2 : 1);
            int end = start;
            while (end < template.length() && isName(template.codePointAt(end))) {
                end += Character.charCount(template.codePointAt(end));
            }
            if (end == start || brace && !template.startsWith("}", end)) {
                to.append('$');
                at++;
                continue;
            }
            group(to, template.substring(start, end), text, match);
            at = end + (brace ? 1 : 0);
        }
    }

    private void group(StringBuilder to, String name, String text, Match match) {
        boolean number = name.chars().allMatch(c -> c >= '0' && c <= '9')
                && name.length() < 9
                && (name.length() == 1 || name.charAt(0) != '0');
        int group = number ? Integer.parseInt(name) : pattern.namedGroups().getOrDefault(name, -1);
        if (group >= 0 && 2 * group + 1 < match.groups().length && match.groups()[2 * group] >= 0) {
            to.append(text, match.groups()[2 * group], match.groups()[2 * group + 1]);
        }
    }

    private static boolean isName(int c) {
        return Character.isLetter(c) || Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER || c == '_';
    }

    private void charge(long characters) {
        long steps = size * (characters + 1);
        budget.atMost(Limit.REGEX, steps);
        budget.charge(Limit.WORK, 1 + steps / 4);
    }
}

package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.List;

/** Sprig's functions for regular expressions. Source: Masterminds/sprig regex.go. */
final class RegexFunctions {

    private RegexFunctions() {}

    static boolean has(String name) {
        return name.startsWith("regex") || name.startsWith("mustRegex");
    }

    /** Returns the result of a function; undecided for other functions and for wrong arguments. */
    static Object call(String name, List<Object> arguments) {
        String function = name.startsWith("mustRegex") ? "r" + name.substring("mustR".length()) : name;
        if (!(arguments.get(0) instanceof String pattern)) {
            return Undecided.AT_RUN_TIME;
        }
        if (arguments.size() == 1) {
            return function.equals("regexQuoteMeta") ? quoted(pattern) : Undecided.AT_RUN_TIME;
        }
        if (!(arguments.get(1) instanceof String text)) {
            return Undecided.AT_RUN_TIME;
        }
        Object third = arguments.size() == 3 ? arguments.get(2) : null;
        return switch (function) {
            case "regexMatch" -> third == null ? new Regex(pattern).matches(text) : Undecided.AT_RUN_TIME;
            case "regexFind" -> third == null ? new Regex(pattern).find(text) : Undecided.AT_RUN_TIME;
            case "regexFindAll" ->
                third instanceof Long maxMatches ? new Regex(pattern).findAll(text, maxMatches) : Undecided.AT_RUN_TIME;
            case "regexSplit" ->
                third instanceof Long maxParts ? new Regex(pattern).split(text, maxParts) : Undecided.AT_RUN_TIME;
            case "regexReplaceAll", "regexReplaceAllLiteral" ->
                third instanceof String replacement
                        ? new Regex(pattern).replaceAll(text, replacement, function.equals("regexReplaceAllLiteral"))
                        : Undecided.AT_RUN_TIME;
            default -> Undecided.AT_RUN_TIME;
        };
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder();
        for (char c : text.toCharArray()) {
            quoted.append("\\.+*?()|[]{}^$".indexOf(c) >= 0 ? "\\" : "").append(c);
        }
        return quoted.toString();
    }
}

package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A parser for the {@code depends} of a task, which Argo parses only when the tasks in it have ended. Sources:
 * argo-workflows workflow/controller/dag.go (evaluateDependsLogic), expr-lang parser; the answers of Argo 4.0.5.
 */
public final class DependsSyntax {

    /**
     * Pattern of a task, such as {@code scan.Failed}, which Argo expands to an expression in brackets, or of an
     * operator between tasks.
     */
    private static final Pattern TOKEN =
            Pattern.compile("[a-zA-Z0-9][-a-zA-Z0-9]*(?:\\.[A-Z][a-zA-Z]+)?|&&|\\|\\||\\S");

    /** Pattern of operators such as {@code ==} or {@code ?}, which expr supports and {@code depends} does not need. */
    private static final Pattern OTHER = Pattern.compile("[^-a-zA-Z0-9.&|!(),\\s]|(?<![a-zA-Z0-9])[-.]|\\.(?![A-Z])");

    private DependsSyntax() {}

    /** Returns the syntax error that expr would report; empty if there is none, or if it is not certain. */
    public static Optional<String> problem(String depends) {
        if (depends.isEmpty() || OTHER.matcher(depends).find()) {
            return Optional.empty();
        }
        boolean afterTask = false;
        int openBrackets = 0;
        Matcher tokens = TOKEN.matcher(depends);
        while (tokens.find()) {
            String token = tokens.group();
            boolean isExpected =
                    switch (token) {
                        case "&&", "||" -> afterTask;
                        case ")" -> afterTask && openBrackets > 0;
                        case "&", "|", "," -> false;
                        default -> !afterTask;
                    };
            if (!isExpected) {
                return Optional.of("unexpected token " + token);
            }
            openBrackets += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            afterTask = token.equals(")") || Character.isLetterOrDigit(token.charAt(0));
        }
        return afterTask && openBrackets == 0 ? Optional.empty() : Optional.of(Parser.ENDS_EARLY);
    }
}

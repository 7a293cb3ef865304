package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the {@code depends} of a task can be read, which Argo tries only when the tasks in it have ended. Sources:
 * argo-workflows workflow/controller/dag.go (evaluateDependsLogic), expr-lang parser; the answers of Argo 4.0.5.
 */
public final class DependsSyntax {

    /** A task, such as {@code scan.Failed}, which Argo writes out as an expression in brackets; or what joins tasks. */
    private static final Pattern TOKEN =
            Pattern.compile("[a-zA-Z0-9][-a-zA-Z0-9]*(?:\\.[A-Z][a-zA-Z]+)?|&&|\\|\\||\\S");

    /** Such as {@code ==} or {@code ?}, which expr knows and no one needs here. */
    private static final Pattern OTHER = Pattern.compile("[^-a-zA-Z0-9.&|!(),\\s]|(?<![a-zA-Z0-9])[-.]|\\.(?![A-Z])");

    private DependsSyntax() {}

    /** What is wrong with it, as expr would; empty when nothing is, or when that is not certain. */
    public static Optional<String> problem(String depends) {
        if (depends.isEmpty() || OTHER.matcher(depends).find()) {
            return Optional.empty();
        }
        boolean afterTask = false;
        int open = 0;
        Matcher tokens = TOKEN.matcher(depends);
        while (tokens.find()) {
            String token = tokens.group();
            boolean fits =
                    switch (token) {
                        case "&&", "||" -> afterTask;
                        case ")" -> afterTask && open > 0;
                        case "&", "|", "," -> false;
                        default -> !afterTask;
                    };
            if (!fits) {
                return Optional.of("unexpected token " + token);
            }
            open += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
            afterTask = token.equals(")") || Character.isLetterOrDigit(token.charAt(0));
        }
        return afterTask && open == 0 ? Optional.empty() : Optional.of(ExpressionSyntax.ENDS_EARLY);
    }
}

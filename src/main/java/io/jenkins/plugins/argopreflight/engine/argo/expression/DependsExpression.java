package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Task;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Lexer.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Lexer.Token;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import io.jenkins.plugins.argopreflight.engine.util.limits.OverBudget;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code depends} of a task. Argo finds the tasks in it with a regular expression, and evaluates the rest with
 * expr-lang when all of them have ended. Here, a task is a leaf of the expression's tree. Argo 3.5 to 4.1 have the same
 * rules. Sources: argo-workflows <a
 * href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/workflow/common/ancestry.go">workflow/common/ancestry.go</a>,
 * <a href="https://github.com/argoproj/argo-workflows/blob/v4.0.5/workflow/controller/dag.go">
 * workflow/controller/dag.go</a> (evaluateDependsLogic).
 */
public final class DependsExpression {

    /**
     * Pattern of a token. A task can have a result, such as {@code scan.Failed}. The other operators of expr-lang do
     * not accept results of tasks.
     */
    private static final Pattern TOKEN = Pattern.compile(
            "(?<task>[a-zA-Z0-9_][-a-zA-Z0-9_]*(?:\\.(?:[A-Z][A-Za-z]+|[a-zA-Z][-a-zA-Z0-9_]*+(?!\\.[A-Z][A-Za-z])))?)"
                    + "|(?<operator>&&|\\|\\||==|!=|\\?\\?|[!?:(),&])|\\S");

    /** Characters with which Argo refuses each text. Argo replaces a dash by an underscore. */
    private static final Set<String> NEVER_VALID = Set.of("|", "-", ".");

    /** Results that a task has although it, or a part of it, did not succeed. */
    private static final Set<String> RESULTS_OF_FAILURES =
            Set.of("Failed", "Errored", "Omitted", "AnySucceeded", "AllFailed");

    /** Operators with which the whole can be true although a part is false. */
    private static final Set<String> TOLERANT_OPERATORS = Set.of("||", "!", "==", "!=", "??", "?");

    private final String text;
    private final boolean canTolerateFailure;
    private final ExpressionNode root;
    private final Optional<String> syntaxError;
    private final Optional<OverBudget> exceeded;

    private DependsExpression(
            String text,
            List<Token> tokens,
            ExpressionNode root,
            Optional<String> syntaxError,
            Optional<OverBudget> exceeded) {
        this.text = text;
        this.canTolerateFailure = tokens.stream().anyMatch(DependsExpression::canTolerateFailure);
        this.root = root;
        this.syntaxError = syntaxError;
        this.exceeded = exceeded;
    }

    /** Parses a {@code depends}. */
    public static DependsExpression parse(String text) {
        List<Token> tokens = tokens(text);
        try {
            Parser parser = new Parser(text, () -> new Lexer(tokens));
            ExpressionNode root = parser.parse();
            boolean isCertain = tokens.stream()
                    .noneMatch(token -> token.kind() == Kind.OTHER && !NEVER_VALID.contains(token.text()));
            return new DependsExpression(
                    text, tokens, root, isCertain ? parser.error() : Optional.empty(), Optional.empty());
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            List<ExpressionNode> tasks = new ArrayList<>();
            tokens.stream()
                    .filter(token -> token.kind() == Kind.TASK)
                    .forEach(token -> tasks.add(Task.of(token.text())));
            return new DependsExpression(
                    text, tokens, new ExpressionNode.Other(tasks), Optional.empty(), Optional.of(e));
        }
    }

    private static boolean canTolerateFailure(Token token) {
        return token.kind() == Kind.TASK
                ? RESULTS_OF_FAILURES.contains(Task.of(token.text()).result())
                : token.kind() == Kind.OPERATOR && TOLERANT_OPERATORS.contains(token.text());
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        while (token.find()) {
            Kind kind = token.group("task") != null
                    ? Kind.TASK
                    : token.group("operator") != null ? Kind.OPERATOR : Kind.OTHER;
            tokens.add(new Token(kind, token.group()));
        }
        return tokens;
    }

    public String text() {
        return text;
    }

    /** Returns the syntax error that expr would report; empty if there is none, or if it is not certain. */
    public Optional<String> syntaxError() {
        return text.isEmpty() ? Optional.empty() : syntaxError;
    }

    /**
     * Returns the names of the tasks, in the order of the text. Argo reads a result as another task if it does not
     * begin with a capital letter.
     */
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        for (Task task : tasks()) {
            names.add(task.name());
            if (!task.isReadable()) {
                names.add(task.result());
            }
        }
        return names;
    }

    /** Returns the names of the tasks that have one of these results in the text. */
    public Set<String> names(Set<String> results) {
        Set<String> names = new LinkedHashSet<>();
        tasks().stream().filter(task -> results.contains(task.result())).forEach(task -> names.add(task.name()));
        return names;
    }

    /** Returns the results in the text, whether they exist or not. */
    public List<String> results() {
        return tasks().stream()
                .map(Task::result)
                .filter(result -> !result.isEmpty())
                .toList();
    }

    private List<Task> tasks() {
        List<Task> tasks = new ArrayList<>();
        addTasks(root, tasks);
        return tasks;
    }

    private static void addTasks(ExpressionNode node, List<Task> tasks) {
        if (node instanceof Task task) {
            tasks.add(task);
        }
        node.children().forEach(child -> addTasks(child, tasks));
    }

    /**
     * Returns whether the text has an operator or a result with which a task can run after another one has failed. A text
     * that cannot be evaluated tolerates nothing for this reason alone, since its task does not run.
     */
    public boolean canTolerateFailure() {
        return canTolerateFailure;
    }

    /**
     * Returns whether the condition is true; empty if it depends on a value that is not known, or cannot be evaluated.
     *
     * @param values returns whether a task has a result; for the result "" whether it has any result after which a
     *     dependent task runs
     */
    public Optional<Boolean> decide(BiFunction<String, String, Optional<Boolean>> values) {
        if (text.isEmpty()) {
            return Optional.of(true);
        }
        if (exceeded.isPresent()) {
            Expression.leftOut(text, exceeded.get());
            return Optional.empty();
        }
        Budget.current().charge(Limit.WORK_UNITS, 1 + text.length() / 4);
        try {
            return root.accept(evaluator(values)) instanceof Boolean decision
                    ? Optional.of(decision)
                    : Optional.empty();
        } catch (IllegalArgumentException notSupported) {
            return Optional.empty();
        }
    }

    private static Evaluator evaluator(BiFunction<String, String, Optional<Boolean>> values) {
        return new Evaluator(name -> Optional.empty()) {
            @Override
            public Object visit(Task task) {
                Optional<Boolean> value =
                        task.isReadable() ? values.apply(task.name(), task.result()) : Optional.empty();
                return value.isPresent() ? value.get() : Undecided.AT_RUN_TIME;
            }
        };
    }
}

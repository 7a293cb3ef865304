package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access.Part;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access.PartKind;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Operation.Operator;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Operation.Term;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Lexer.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Lexer.Token;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A parser of expressions. It continues after an error, so that the names after the error are known. Source: expr-lang
 * parser/parser.go.
 */
final class Parser {

    private static final Map<String, Integer> PRECEDENCES = Map.ofEntries(
            Map.entry("|", 0),
            Map.entry("or", 10),
            Map.entry("||", 10),
            Map.entry("and", 15),
            Map.entry("&&", 15),
            Map.entry("==", 20),
            Map.entry("!=", 20),
            Map.entry("<", 20),
            Map.entry(">", 20),
            Map.entry("<=", 20),
            Map.entry(">=", 20),
            Map.entry("in", 20),
            Map.entry("matches", 20),
            Map.entry("contains", 20),
            Map.entry("startsWith", 20),
            Map.entry("endsWith", 20),
            Map.entry("..", 25),
            Map.entry("+", 30),
            Map.entry("-", 30),
            Map.entry("*", 60),
            Map.entry("/", 60),
            Map.entry("%", 60),
            Map.entry("**", 100),
            Map.entry("^", 100),
            Map.entry("??", 500));

    /** Precedence of the operator {@code not}. */
    private static final int NOT = 50;

    private static final int SIGN = 90;

    /** Operators that are evaluated from right to left. */
    private static final Set<String> POWERS = Set.of("**", "^");

    /** Operators that can follow {@code not}. */
    private static final Set<String> NEGATABLE = Set.of("in", "matches", "contains", "startsWith", "endsWith");

    static final String ENDS_EARLY = "unexpected token EOF (it ends too early)";

    private final Lexer tokens;
    private final Budget budget = Budget.current();
    private int depth;
    private Optional<String> error = Optional.empty();

    /** Reads the tokens of an expression. */
    Parser(String text, Supplier<Lexer> tokens) {
        budget.charge(Limit.WORK_UNITS, 1 + text.length() / 4);
        this.tokens = tokens.get();
    }

    /** The first syntax error, after the expression was parsed. */
    Optional<String> error() {
        return error;
    }

    /** Returns whether each character is in a token of the language. */
    boolean isReadable() {
        return tokens.isReadable();
    }

    /** Parses the whole expression. */
    ExpressionNode parse() {
        ExpressionNode root = sequence();
        if (error.isEmpty() && tokens.isAtEnd()) {
            return root;
        }
        List<ExpressionNode> parts = new ArrayList<>(List.of(root));
        while (!tokens.isAtEnd()) {
            reportAfterValue(tokens.peek());
            parts.add(choice());
        }
        return new ExpressionNode.Other(parts);
    }

    /** Parses an expression, or several with {@code ;} between them, of which the last one is the value. */
    private ExpressionNode sequence() {
        ExpressionNode first = choice();
        if (!tokens.peek().is(";")) {
            return first;
        }
        List<ExpressionNode> parts = new ArrayList<>(List.of(first));
        while (tokens.accept(";") && !tokens.isAtEnd()) {
            parts.add(choice());
        }
        return new ExpressionNode.Other(parts);
    }

    private ExpressionNode choice() {
        budget.atMost(Limit.DEPTH_LEVELS, ++depth);
        ExpressionNode value = operation(0);
        if (tokens.accept("?")) {
            if (tokens.accept(":")) {
                value = new ExpressionNode.Other(List.of(value, choice()));
            } else {
                ExpressionNode yes = choice();
                expect(":");
                value = new ExpressionNode.Choice(value, yes, choice());
            }
        }
        depth--;
        return value;
    }

    /**
     * Parses operations and their operands.
     *
     * @param minimum minimum precedence of their operators
     */
    private ExpressionNode operation(int minimum) {
        budget.atMost(Limit.DEPTH_LEVELS, ++depth);
        ExpressionNode first = operand();
        Optional<Operator> operator = operator(minimum);
        if (operator.isPresent()) {
            List<Term> terms = new ArrayList<>(1);
            while (operator.isPresent()) {
                String symbol = operator.get().symbol();
                int precedence = PRECEDENCES.getOrDefault(symbol, 0) + (POWERS.contains(symbol) ? 0 : 1);
                terms.add(new Term(operator.get(), operation(precedence)));
                operator = operator(minimum);
            }
            first = new ExpressionNode.Operation(first, terms);
        }
        depth--;
        return first;
    }

    /** Returns the next binary operator, and skips it; empty if none with at least this precedence follows. */
    private Optional<Operator> operator(int minimum) {
        Token token = tokens.peek();
        boolean isNegated =
                token.isWord("not") && NEGATABLE.contains(tokens.peekNext().text());
        if (token.isWord("not") && !isNegated) {
            reportAfterValue(tokens.peekNext());
        }
        Token operator = isNegated ? tokens.peekNext() : token;
        if (!operator.isOperatorOrName() || PRECEDENCES.getOrDefault(operator.text(), -1) < minimum) {
            return Optional.empty();
        }
        tokens.take();
        if (isNegated) {
            tokens.take();
        }
        return Optional.of(new Operator(operator.text(), isNegated));
    }

    private ExpressionNode operand() {
        if (tokens.accept("!") || tokens.acceptWord("not")) {
            return access(new ExpressionNode.Unary("!", operation(NOT)));
        }
        Token token = tokens.peek();
        if (token.is("-") || token.is("+")) {
            tokens.take();
            return access(new ExpressionNode.Unary(token.text(), operation(SIGN)));
        }
        return primary();
    }

    private ExpressionNode primary() {
        Token token = tokens.take();
        switch (token.kind()) {
            case NUMBER:
                return new ExpressionNode.Number(token.text());
            case STRING:
                return access(new ExpressionNode.Text(token.text()));
            case NAME:
                return word(token);
            case TASK:
                return ExpressionNode.Task.of(token.text());
            case OTHER:
                report(token);
                return ExpressionNode.UNREADABLE;
            default:
        }
        switch (token.text()) {
            case "(":
                ExpressionNode value = sequence();
                expect(")");
                return access(value);
            case "[":
                return access(new ExpressionNode.Elements(list("]")));
            case "{":
                return access(braces());
            case "::":
                // The function of this name, also if a variable has the same name.
                return access(new ExpressionNode.Name(tokens.take().text()));
            case "#":
                if (tokens.peek().kind() == Kind.NAME && !isOperator(tokens.peek())) {
                    tokens.take();
                }
                return access(ExpressionNode.UNREADABLE);
            case "?.", ".":
                if (token.is("?.")) {
                    report(token);
                }
                tokens.back();
                return access(ExpressionNode.UNREADABLE);
            default:
                report(token);
                return ExpressionNode.UNREADABLE;
        }
    }

    private static boolean isOperator(Token token) {
        return token.isWord("not") || PRECEDENCES.containsKey(token.text());
    }

    private ExpressionNode word(Token token) {
        if (token.isWord("let")) {
            return declaration();
        }
        if (token.isWord("if")) {
            return branches();
        }
        if (isOperator(token)) {
            report(token);
            return ExpressionNode.UNREADABLE;
        }
        return access(new ExpressionNode.Name(token.text()));
    }

    /** Parses the rest of {@code let a = b; c}. */
    private ExpressionNode declaration() {
        Token name = tokens.take();
        if (name.kind() != Kind.NAME) {
            report(name);
        }
        expect("=");
        ExpressionNode value = choice();
        expect(";");
        return new ExpressionNode.Declaration(name.text(), value, sequence());
    }

    /** Parses the rest of {@code if a {b} else {c}}. */
    private ExpressionNode branches() {
        List<ExpressionNode> parts = new ArrayList<>();
        do {
            parts.add(choice());
            expect("{");
            parts.add(sequence());
            expect("}");
        } while (tokens.acceptWord("else") && tokens.acceptWord("if"));
        expect("{");
        parts.add(sequence());
        expect("}");
        return new ExpressionNode.Other(parts);
    }

    /** Parses a value's parts. A name becomes an {@link Access} even if it has no parts. */
    private ExpressionNode access(ExpressionNode base) {
        List<Part> parts = new ArrayList<>();
        boolean isCallable = base instanceof ExpressionNode.Name;
        while (true) {
            boolean isOptional = tokens.accept("?.");
            if (tokens.accept("[")) {
                parts.add(index(isOptional));
            } else if (isOptional || tokens.accept(".")) {
                parts.add(member(isOptional));
                isCallable = true;
            } else if (isCallable && tokens.accept("(")) {
                parts.add(new Part(PartKind.CALL, "", list(")")));
                isCallable = false;
            } else {
                return parts.isEmpty() && !(base instanceof ExpressionNode.Name)
                        ? base
                        : new Access(base, List.copyOf(parts));
            }
        }
    }

    private Part member(boolean isOptional) {
        Token name = tokens.take();
        if (name.kind() != Kind.NAME && name.kind() != Kind.NUMBER) {
            report(name);
        }
        return new Part(
                isOptional ? PartKind.OPTIONAL_MEMBER : PartKind.MEMBER,
                name.text(),
                name.kind() == Kind.NUMBER ? List.of(new ExpressionNode.Number(name.text())) : List.of());
    }

    private Part index(boolean isOptional) {
        List<ExpressionNode> nodes = new ArrayList<>(1);
        if (!tokens.peek().is(":")) {
            nodes.add(choice());
        }
        boolean isSlice = tokens.accept(":");
        if (isSlice && !tokens.peek().is("]")) {
            nodes.add(choice());
        }
        expect("]");
        return new Part(isSlice || isOptional ? PartKind.OTHER : PartKind.INDEX, "", nodes);
    }

    private List<ExpressionNode> list(String close) {
        List<ExpressionNode> nodes = new ArrayList<>();
        while (!tokens.accept(close)) {
            nodes.add(choice());
            if (!tokens.accept(",")) {
                expect(close);
                break;
            }
        }
        return nodes;
    }

    /** Parses the rest of a map or of a closure such as {@code {# > 1}}. */
    private ExpressionNode braces() {
        List<String> keys = new ArrayList<>();
        List<ExpressionNode> nodes = new ArrayList<>();
        boolean isMap = true;
        while (!tokens.accept("}")) {
            if (tokens.peek().kind() != Kind.OPERATOR && tokens.peekNext().is(":")) {
                keys.add(tokens.take().text());
            } else {
                isMap = false;
                nodes.add(choice());
            }
            if (tokens.accept(":")) {
                nodes.add(choice());
            }
            if (!tokens.accept(",")) {
                expect("}");
                break;
            }
        }
        return isMap ? new ExpressionNode.Entries(keys, nodes) : new ExpressionNode.Other(nodes);
    }

    private void expect(String operator) {
        if (!tokens.accept(operator)) {
            reportAfterValue(tokens.peek());
        }
    }

    /** Keeps the first error: a token that follows a value without an operator. */
    private void reportAfterValue(Token token) {
        report(token, " (no operator is before it)");
    }

    /** Keeps the first error: a token that cannot be at its place. */
    private void report(Token token) {
        report(token, "");
    }

    private void report(Token token, String note) {
        if (error.isPresent()) {
            return;
        }
        error = Optional.of(
                switch (token.kind()) {
                    case END -> ENDS_EARLY;
                    case OPERATOR, TASK, OTHER ->
                        "unexpected token " + token.text() + (token.is("=") ? " (write == to compare)" : "");
                    default ->
                        "unexpected token "
                                + (token.kind() == Kind.STRING ? "\"" + token.text() + "\"" : token.text())
                                + note;
                });
    }
}

package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.Lexer.Kind;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Lexer.Token;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Node.Access;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Node.Access.Part;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Node.Access.PartKind;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A parser of expressions. It continues after an error, so that the names behind it are known. Source: expr-lang
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
            Map.entry("??", 500));

    /** Precedence of the operator {@code not}. */
    private static final int NOT = 50;

    private static final int SIGN = 90;

    /** Operators that can follow {@code not}. */
    private static final Set<String> NEGATABLE = Set.of("in", "matches", "contains", "startsWith", "endsWith");

    static final String ENDS_EARLY = "unexpected token EOF (it ends too early)";

    private final Lexer tokens;
    private final Budget budget = Budget.current();
    private int depth;
    private Optional<String> error = Optional.empty();

    /**
     * Reads the tokens of an expression.
     *
     * @throws IllegalArgumentException for syntax that is not supported
     */
    Parser(String text) {
        budget.charge(Limit.WORK_UNITS, 1 + text.length() / 4);
        this.tokens = new Lexer(text);
    }

    /** The first syntax error, after the expression was parsed. */
    Optional<String> error() {
        return error;
    }

    /**
     * Parses the whole expression.
     *
     * @throws IllegalArgumentException for syntax that is not supported
     */
    Node parse() {
        Node root = choice();
        if (error.isEmpty() && tokens.isAtEnd()) {
            return root;
        }
        List<Node> parts = new ArrayList<>(List.of(root));
        while (!tokens.isAtEnd()) {
            report(tokens.peek(), true);
            parts.add(choice());
        }
        return new Node.Other(parts);
    }

    private Node choice() {
        budget.atMost(Limit.DEPTH_LEVELS, ++depth);
        Node value = operation(0);
        if (tokens.accept("?")) {
            if (tokens.accept(":")) {
                value = new Node.Other(List.of(value, choice()));
            } else {
                Node yes = choice();
                expect(":");
                value = new Node.Choice(value, yes, choice());
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
    private Node operation(int minimum) {
        budget.atMost(Limit.DEPTH_LEVELS, ++depth);
        Node first = operand();
        String operator = operator(minimum);
        if (!operator.isEmpty()) {
            List<Node.Operation.Term> terms = new ArrayList<>(1);
            while (!operator.isEmpty()) {
                String symbol = operator.substring(operator.indexOf(' ') + 1);
                int precedence = PRECEDENCES.getOrDefault(symbol, 0) + (symbol.equals("**") ? 0 : 1);
                terms.add(new Node.Operation.Term(operator, operation(precedence)));
                operator = operator(minimum);
            }
            first = new Node.Operation(first, terms);
        }
        depth--;
        return first;
    }

    /** Returns the next binary operator, and skips it; "" if none with at least this precedence follows. */
    private String operator(int minimum) {
        Token token = tokens.peek();
        boolean isNegated =
                token.isWord("not") && NEGATABLE.contains(tokens.peekNext().text());
        if (token.isWord("not") && !isNegated) {
            report(tokens.peekNext(), true);
        }
        Token operator = isNegated ? tokens.peekNext() : token;
        if (!operator.isOperatorOrName() || PRECEDENCES.getOrDefault(operator.text(), -1) < minimum) {
            return "";
        }
        tokens.take();
        return isNegated ? "not " + tokens.take().text() : token.text();
    }

    private Node operand() {
        if (tokens.accept("!") || tokens.acceptWord("not")) {
            return access(new Node.Unary("!", operation(NOT)));
        }
        Token token = tokens.peek();
        if (token.is("-") || token.is("+")) {
            tokens.take();
            return access(new Node.Unary(token.text(), operation(SIGN)));
        }
        return primary();
    }

    private Node primary() {
        Token token = tokens.take();
        switch (token.kind()) {
            case NUMBER:
                return new Node.Number(token.text());
            case STRING:
                return access(new Node.Text(token.text()));
            case NAME:
                return word(token);
            default:
        }
        switch (token.text()) {
            case "(":
                Node value = choice();
                expect(")");
                return access(value);
            case "[":
                return access(new Node.Elements(list("]")));
            case "{":
                return access(braces());
            case "#":
                if (tokens.peek().kind() == Kind.NAME && !isOperator(tokens.peek())) {
                    tokens.take();
                }
                return access(Node.UNREADABLE);
            case "?.", ".":
                if (token.is("?.")) {
                    report(token, false);
                }
                tokens.back();
                return access(Node.UNREADABLE);
            default:
                report(token, false);
                return Node.UNREADABLE;
        }
    }

    private static boolean isOperator(Token token) {
        return token.isWord("not") || PRECEDENCES.containsKey(token.text());
    }

    private Node word(Token token) {
        if (token.isWord("let")) {
            throw new IllegalArgumentException("let");
        }
        if (token.isWord("if")) {
            return branches();
        }
        if (isOperator(token)) {
            report(token, false);
            return Node.UNREADABLE;
        }
        return access(new Node.Name(token.text()));
    }

    /** Parses the rest of {@code if a {b} else {c}}. */
    private Node branches() {
        List<Node> parts = new ArrayList<>();
        do {
            parts.add(choice());
            expect("{");
            parts.add(choice());
            expect("}");
        } while (tokens.acceptWord("else") && tokens.acceptWord("if"));
        expect("{");
        parts.add(choice());
        expect("}");
        return new Node.Other(parts);
    }

    /** Parses a value's parts. A name always has the node of an access, also without a part. */
    private Node access(Node base) {
        List<Part> parts = new ArrayList<>();
        boolean isCallable = base instanceof Node.Name;
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
                return parts.isEmpty() && !(base instanceof Node.Name) ? base : new Access(base, List.copyOf(parts));
            }
        }
    }

    private Part member(boolean isOptional) {
        Token name = tokens.take();
        if (name.kind() != Kind.NAME && name.kind() != Kind.NUMBER) {
            report(name, false);
        }
        return new Part(
                isOptional ? PartKind.OPTIONAL_MEMBER : PartKind.MEMBER,
                name.text(),
                name.kind() == Kind.NUMBER ? List.of(new Node.Number(name.text())) : List.of());
    }

    private Part index(boolean isOptional) {
        List<Node> nodes = new ArrayList<>(1);
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

    private List<Node> list(String close) {
        List<Node> nodes = new ArrayList<>();
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
    private Node braces() {
        List<String> keys = new ArrayList<>();
        List<Node> nodes = new ArrayList<>();
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
        return isMap ? new Node.Entries(keys, nodes) : new Node.Other(nodes);
    }

    private void expect(String operator) {
        if (!tokens.accept(operator)) {
            report(tokens.peek(), true);
        }
    }

    /**
     * Keeps the first error.
     *
     * @param isAfterValue whether the token follows a value, and not an operator
     */
    private void report(Token token, boolean isAfterValue) {
        if (error.isPresent()) {
            return;
        }
        error = Optional.of(
                switch (token.kind()) {
                    case END -> ENDS_EARLY;
                    case OPERATOR ->
                        "unexpected token " + token.text() + (token.is("=") ? " (write == to compare)" : "");
                    default ->
                        "unexpected token "
                                + (token.kind() == Kind.STRING ? "\"" + token.text() + "\"" : token.text())
                                + (isAfterValue ? " (no operator is before it)" : "");
                });
    }
}

package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.Limit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A parser that evaluates an expression while it reads it. Both branches of a choice are read, and one is used. */
final class Parser {

    private final Tokens tokens;
    private final Variables variables;
    private final Budget budget = Budget.current();
    private int depth;
    /** True if a name does not exist: then no part of the expression is evaluated, not even a default. */
    private boolean isNotCompiled;

    Parser(String text, Variables variables) {
        budget.charge(Limit.WORK_UNITS, 1 + text.length() / 4);
        this.tokens = new Tokens(text);
        this.variables = variables;
    }

    @Nullable
    Object parseAll() {
        Object value = choice();
        if (tokens.peek().kind() != Tokens.Kind.END) {
            throw new IllegalArgumentException("unexpected " + tokens.peek().text());
        }
        return isNotCompiled ? Undecided.MISSING : value;
    }

    private @Nullable Object choice() {
        budget.atMost(Limit.DEPTH_LEVELS, ++depth);
        Object value = chosen();
        depth--;
        return value;
    }

    private @Nullable Object chosen() {
        Object condition = operation(0);
        if (tokens.accept("?")) {
            Object yes = choice();
            tokens.expect(":");
            Object no = choice();
            return condition instanceof Boolean isTrue ? isTrue ? yes : no : condition;
        }
        return condition;
    }

    /**
     * Evaluates an operation and its operands.
     *
     * @param minimum minimum precedence of its operators
     */
    private @Nullable Object operation(int minimum) {
        budget.atMost(Limit.DEPTH_LEVELS, ++depth);
        Object left = operand();
        String previous = "";
        String operator = Precedence.take(tokens, minimum);
        while (!operator.isEmpty()) {
            if (previous.equals("??") && !operator.equals("??")) {
                throw new IllegalArgumentException("?? and " + operator + " without parentheses");
            }
            left = Operators.binary(operator, left, operation(Precedence.ofRight(operator)));
            previous = operator;
            operator = Precedence.take(tokens, minimum);
        }
        depth--;
        return left;
    }

    private @Nullable Object operand() {
        if (tokens.accept("!") || tokens.acceptWord("not")) {
            return Operators.not(operation(Precedence.NOT));
        }
        if (tokens.accept("-")) {
            return Operators.arithmetic("-", 0L, operation(Precedence.SIGN));
        }
        return primary();
    }

    private @Nullable Object primary() {
        Tokens.Token token = tokens.take();
        switch (token.kind()) {
            case NUMBER:
                return Operators.number(token.text());
            case STRING:
                return token.text().indexOf('\uE000') >= 0 ? Undecided.LATER : token.text();
            case NAME:
                return members(named(token.text()));
            default:
                if (token.is("(")) {
                    Object value = choice();
                    tokens.expect(")");
                    return members(value);
                }
                if (token.is("[")) {
                    List<Object> list = arguments("]");
                    return Undecided.of(list.toArray()) != null ? Undecided.of(list.toArray()) : members(list);
                }
                if (token.is("{")) {
                    return map();
                }
                throw new IllegalArgumentException("unexpected " + token.text());
        }
    }

    private @Nullable Object named(String name) {
        if (name.indexOf('\uE000') >= 0) {
            return Undecided.LATER;
        }
        switch (name) {
            case "true":
                return true;
            case "false":
                return false;
            case "nil":
                return null;
            default:
        }
        StringBuilder path = new StringBuilder(name);
        int parts = 0;
        boolean isOptional = false;
        while (true) {
            // Each part is a look-up of the whole name.
            budget.atMost(Limit.DEPTH_LEVELS, ++parts);
            budget.chargeRead(path.length());
            if (tokens.accept("(")) {
                List<Object> arguments = arguments(")");
                return Functions.call(path.toString(), arguments);
            }
            if (tokens.peek().is(".") || tokens.peek().is("?.")) {
                isOptional |= tokens.take().is("?.");
                path.append('.').append(tokens.take().text());
            } else if (tokens.peek().is("[")) {
                // A name that is a prefix of other names is an object (util/expand):
                // workflow.parameters['build-number'].
                Optional<Object> known =
                        variables.below(path.toString()).isEmpty() ? lookup(path.toString()) : Optional.empty();
                if (known.isPresent()) {
                    return known.get();
                }
                tokens.take();
                Object key = choice();
                tokens.expect("]");
                if (Undecided.is(key)) {
                    return key;
                }
                path.append('.').append(key);
            } else {
                Map<String, String> below = variables.below(path.toString());
                Optional<Object> value =
                        below.isEmpty() ? lookup(path.toString()) : Optional.of(NestedNames.object(below, 1));
                return value.isPresent() ? value.get() : missing(name, path.toString(), isOptional);
            }
        }
    }

    /**
     * Returns the placeholder for a variable that does not exist.
     *
     * @param optional whether {@code ?.} is before the name
     */
    private Object missing(String root, String path, boolean optional) {
        isNotCompiled |= !exists(root);
        int dot = path.lastIndexOf('.');
        return optional || dot < 0 || exists(path.substring(0, dot)) ? Undecided.MISSING : Undecided.UNREACHABLE;
    }

    private boolean exists(String name) {
        return !variables.below(name).isEmpty() || variables.get(name).isPresent();
    }

    private Optional<Object> lookup(String path) {
        return variables.get(path).map(text -> text.indexOf('\uE000') >= 0 ? Undecided.LATER : (Object) text);
    }

    private @Nullable Object members(@Nullable Object value) {
        Object current = value;
        while (tokens.peek().is(".") || tokens.peek().is("[") || tokens.peek().is("?.")) {
            Object key;
            if (tokens.accept("[")) {
                key = choice();
                tokens.expect("]");
            } else {
                tokens.take();
                key = tokens.take().text();
            }
            current = Operators.member(current, key);
        }
        return current;
    }

    private List<Object> arguments(String close) {
        List<Object> arguments = new ArrayList<>();
        while (!tokens.accept(close)) {
            arguments.add(Objects.requireNonNullElse(choice(), Undecided.MISSING));
            if (!tokens.accept(",")) {
                tokens.expect(close);
                break;
            }
        }
        return arguments;
    }

    private @Nullable Object map() {
        Map<String, Object> map = new LinkedHashMap<>();
        while (!tokens.accept("}")) {
            String key = tokens.take().text();
            tokens.expect(":");
            Object value = choice();
            if (Undecided.is(value)) {
                map.put("", value);
            }
            map.put(key, value);
            if (!tokens.accept(",")) {
                tokens.expect("}");
                break;
            }
        }
        return Objects.requireNonNullElse(Undecided.of(map.values().toArray()), map);
    }
}

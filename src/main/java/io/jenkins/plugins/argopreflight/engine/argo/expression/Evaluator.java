package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access.Part;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access.PartKind;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.Limit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An evaluator of expressions. Both branches of a choice are evaluated, and one is used. */
class Evaluator implements ExpressionNode.Visitor<Object> {

    private final Variables variables;
    private final Budget budget = Budget.current();
    /** True if the first part of a name is unknown. Then expr does not compile the expression, even with a default. */
    private boolean hasUnknownRoot;

    Evaluator(Variables variables) {
        this.variables = variables;
    }

    /**
     * Returns the value of an expression, or a placeholder.
     *
     * @throws IllegalArgumentException for an expression with an error, or with syntax that is not supported
     */
    static @Nullable Object evaluate(ExpressionNode root, Variables variables) {
        Evaluator evaluator = new Evaluator(variables);
        Object value = root.accept(evaluator);
        return evaluator.hasUnknownRoot ? Undecided.MISSING : value;
    }

    @Override
    public Object visit(ExpressionNode.Number number) {
        return Operators.number(number.text());
    }

    @Override
    public Object visit(ExpressionNode.Text text) {
        return UnknownMarks.isIn(text.value()) ? Undecided.AT_RUN_TIME : text.value();
    }

    @Override
    public Object visit(ExpressionNode.Elements list) {
        List<Object> values = values(list.children());
        return Objects.requireNonNullElse(Undecided.of(values.toArray()), values);
    }

    private List<Object> values(List<ExpressionNode> nodes) {
        List<Object> values = new ArrayList<>(nodes.size());
        for (ExpressionNode node : nodes) {
            values.add(Objects.requireNonNullElse(node.accept(this), Undecided.MISSING));
        }
        return values;
    }

    @Override
    public Object visit(ExpressionNode.Entries entries) {
        Map<String, Object> map = new LinkedHashMap<>();
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < entries.keys().size(); i++) {
            Object value = entries.children().get(i).accept(this);
            values.add(value);
            map.put(entries.keys().get(i), value);
        }
        return Objects.requireNonNullElse(Undecided.of(values.toArray()), map);
    }

    @Override
    public Object visit(ExpressionNode.Unary operation) {
        Object value = operation.operand().accept(this);
        return switch (operation.operator()) {
            case "!" -> Operators.not(value);
            case "-" -> Operators.arithmetic("-", 0L, value);
            default -> throw new IllegalArgumentException("not supported: the sign " + operation.operator());
        };
    }

    @Override
    public @Nullable Object visit(ExpressionNode.Operation operation) {
        Object left = operation.first().accept(this);
        String previous = "";
        for (ExpressionNode.Operation.Term term : operation.terms()) {
            ExpressionNode.Operation.Operator operator = term.operator();
            if (previous.equals("??") && !operator.is("??")) {
                throw new IllegalArgumentException("invalid: ?? and " + operator + " without parentheses");
            }
            if (operator.is("|") || operator.isNegated()) {
                throw new IllegalArgumentException("not supported: the operator " + operator);
            }
            left = Operators.binary(operator.symbol(), left, term.right().accept(this));
            previous = operator.symbol();
        }
        return left;
    }

    @Override
    public @Nullable Object visit(ExpressionNode.Choice choice) {
        Object condition = choice.condition().accept(this);
        Object yes = choice.yes().accept(this);
        Object no = choice.no().accept(this);
        return condition instanceof Boolean isTrue ? isTrue ? yes : no : condition;
    }

    @Override
    public @Nullable Object visit(ExpressionNode.Access access) {
        if (access.base() instanceof ExpressionNode.Name name) {
            return named(name.name(), access.parts());
        }
        Object value = access.base().accept(this);
        // The members of a map that is written in the expression are not evaluated.
        return access.base() instanceof ExpressionNode.Entries
                ? members(Undecided.AT_RUN_TIME, access.parts())
                : members(value, access.parts());
    }

    private @Nullable Object members(@Nullable Object value, List<Part> parts) {
        Object current = value;
        for (Part part : parts) {
            if (part.is(PartKind.CALL) || part.is(PartKind.OTHER)) {
                throw new IllegalArgumentException("not supported: a method or a slice");
            }
            Object key = part.isMember() ? part.name() : part.nodes().get(0).accept(this);
            current = Operators.member(current, key);
        }
        return current;
    }

    /**
     * Returns a constant, the result of a function, or the value of a variable. All parts belong to the name of the
     * variable, unless the name before an index is a variable already: this index and the parts after it then select
     * members of its value.
     */
    private @Nullable Object named(String name, List<Part> parts) {
        if (UnknownMarks.isIn(name)) {
            return members(Undecided.AT_RUN_TIME, parts);
        }
        switch (name) {
            case "true", "false":
                return members(Boolean.valueOf(name), parts);
            case "nil":
                return members(null, parts);
            default:
        }
        StringBuilder path = new StringBuilder(name);
        boolean isOptional = false;
        for (int i = 0; i < parts.size(); i++) {
            chargeLookUp(path, i);
            Part part = parts.get(i);
            List<Part> rest = parts.subList(i + 1, parts.size());
            switch (part.kind()) {
                case CALL:
                    return members(Functions.call(path.toString(), values(part.nodes())), rest);
                case INDEX:
                    // A name that is a prefix of other names is an object (util/expand):
                    // workflow.parameters['build-number'].
                    Optional<Object> known =
                            variables.below(path.toString()).isEmpty() ? lookup(path.toString()) : Optional.empty();
                    if (known.isPresent()) {
                        return members(known.get(), parts.subList(i, parts.size()));
                    }
                    Object key = part.nodes().get(0).accept(this);
                    if (Undecided.is(key)) {
                        return members(key, rest);
                    }
                    path.append('.').append(key);
                    break;
                case OTHER:
                    throw new IllegalArgumentException("not supported: a slice");
                default:
                    isOptional |= part.is(PartKind.OPTIONAL_MEMBER);
                    path.append('.').append(part.name());
            }
        }
        chargeLookUp(path, parts.size());
        Map<String, String> below = variables.below(path.toString());
        Optional<Object> value = below.isEmpty() ? lookup(path.toString()) : Optional.of(NestedNames.object(below, 1));
        return value.isPresent() ? value.get() : missing(name, path.toString(), isOptional);
    }

    /**
     * Charges the budget for the look-up of a name.
     *
     * @param partCount the number of parts after the root of the name
     */
    private void chargeLookUp(StringBuilder path, int partCount) {
        budget.atMost(Limit.DEPTH_LEVELS, partCount + 1L);
        budget.chargeRead(path.length());
    }

    /**
     * Returns the placeholder for a variable that does not exist, and records whether its root is unknown. The
     * placeholder is MISSING, for which a default is used, if only the last part of the name does not exist or the name
     * contains {@code ?.}; else UNREACHABLE, for which expr fails despite a default.
     *
     * @param optional whether the name contains {@code ?.}
     */
    private Object missing(String root, String path, boolean optional) {
        hasUnknownRoot |= !exists(root);
        int dot = path.lastIndexOf('.');
        return optional || dot < 0 || exists(path.substring(0, dot)) ? Undecided.MISSING : Undecided.UNREACHABLE;
    }

    private boolean exists(String name) {
        return !variables.below(name).isEmpty() || variables.get(name).isPresent();
    }

    private Optional<Object> lookup(String path) {
        return variables.get(path).map(text -> UnknownMarks.isIn(text) ? Undecided.AT_RUN_TIME : (Object) text);
    }
}

package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression.Items;
import io.jenkins.plugins.argopreflight.engine.argo.expression.Expression.Mismatch;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access.Part;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access.PartKind;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ValueType.Operand;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A check for operations in an expression that do not accept the types of their operands: each parameter, result,
 * status and exit code is a string. Uncertain values have no type. Sources: expr-lang checker/checker.go, vm/vm.go,
 * vm/runtime/runtime.go; argo-workflows util/expr/env/env.go.
 */
final class TypeChecker implements ExpressionNode.Visitor<Operand> {

    private static final Set<String> COMPARISONS = Set.of("<", ">", "<=", ">=");

    private static final Set<String> LAZY_OPERATORS = Set.of("||", "or", "&&", "and", "??");

    /** Functions with an expression for each element, in which names have another meaning. */
    private static final Set<String> ELEMENT_FUNCTIONS = Set.of(
            "all",
            "any",
            "count",
            "filter",
            "find",
            "findIndex",
            "findLast",
            "findLastIndex",
            "groupBy",
            "map",
            "none",
            "one",
            "reduce",
            "sortBy",
            "sum");

    private static final Pattern INTEGER = Pattern.compile("\\d[\\d_]*|0[xXbBoO]\\w+");

    private static final Pattern STRING_NAME = Pattern.compile("(inputs|workflow)\\.parameters\\.[^.]+"
            + "|workflow\\.(name|namespace|uid|status|duration|priority|serviceAccountName|mainEntrypoint)"
            + "|(steps|tasks)\\.[^.]+\\.(status|exitCode|ip|id|startedAt|finishedAt|hostNodeName)"
            + "|(steps|tasks)\\.[^.]+\\.outputs\\.(result|parameters\\.[^.]+)"
            + "|lastRetry\\.(exitCode|status|duration|message)|retries|item\\.[^.]+");

    /** Number of parts of the longest name of a string, such as steps.a.outputs.parameters.b. */
    private static final int MAX_PARTS = 5;

    private final Items items;
    private Optional<Mismatch> mismatch = Optional.empty();
    private int branches;

    private TypeChecker(Items items) {
        this.items = items;
    }

    /**
     * Returns the first operation that always fails, else the first that fails on a branch.
     *
     * @param items the kind of a loop's items
     * @throws IllegalArgumentException for an expression with an error, or with syntax that is not supported
     */
    static Optional<Mismatch> check(ExpressionNode root, Items items) {
        TypeChecker checker = new TypeChecker(items);
        checker.type(root);
        return checker.mismatch;
    }

    private Operand type(ExpressionNode node) {
        return Objects.requireNonNull(node.accept(this));
    }

    @Override
    public Operand visit(ExpressionNode.Number number) {
        return Operand.literal(INTEGER.matcher(number.text()).matches() ? ValueType.INT : ValueType.FLOAT);
    }

    @Override
    public Operand visit(ExpressionNode.Text text) {
        return Operand.literal(ValueType.STRING);
    }

    @Override
    public Operand visit(ExpressionNode.Elements list) {
        list.children().forEach(this::type);
        return Operand.literal(ValueType.LIST);
    }

    @Override
    public Operand visit(ExpressionNode.Entries map) {
        map.children().forEach(this::type);
        return Operand.literal(ValueType.MAP);
    }

    @Override
    public Operand visit(ExpressionNode.Unary operation) {
        Operand value = type(operation.operand());
        if (operation.operator().equals("!")) {
            needsBool(value);
            return Operand.of(ValueType.BOOL);
        }
        if (operation.operator().equals("-") && !value.type().fitsNumber()) {
            addMismatch("invalid operation: - " + value.type() + value.converted(value));
        }
        return value;
    }

    @Override
    public Operand visit(ExpressionNode.Operation operation) {
        Operand left = type(operation.first());
        String previous = "";
        for (ExpressionNode.Operation.Term term : operation.terms()) {
            if (term.operator().isNegated()) {
                throw new IllegalArgumentException("the operator " + term.operator());
            }
            String operator = term.operator().symbol();
            if (COMPARISONS.contains(previous) && COMPARISONS.contains(operator)) {
                throw new IllegalArgumentException("a chain of comparisons");
            }
            int branch = LAZY_OPERATORS.contains(operator) ? 1 : 0;
            branches += branch;
            Operand right = type(term.right());
            branches -= branch;
            left = result(operator, left, right);
            previous = operator;
        }
        return left;
    }

    /** Returns the result of an operator, and checks its operands. */
    private Operand result(String operator, Operand left, Operand right) {
        switch (operator) {
            case "||", "or", "&&", "and":
                // If one side is a literal, expr returns the operand of the other side without a check.
                if (right.type() != ValueType.BOOL || !right.compiled()) {
                    needsBool(left);
                }
                return left.type() == right.type() ? Operand.of(left.type()) : Operand.UNKNOWN;
            case "??":
                return Operand.UNKNOWN;
            case "..":
                return Operand.of(ValueType.LIST);
            case "==", "!=":
                // If expr does not know both types, it compares the values, and the result is always the same.
                if (left.type().neverEquals(right.type()) && left.compiled() && right.compiled()) {
                    mismatch(operator, left, right);
                }
                return Operand.of(ValueType.BOOL);
            case "in":
                if (right.type().isScalar()) {
                    addMismatch("operator \"in\" not defined on " + right.type() + right.asList());
                }
                return Operand.of(ValueType.BOOL);
            case "matches", "contains", "startsWith", "endsWith":
                if (!left.type().fits(ValueType.STRING) || !right.type().fits(ValueType.STRING)) {
                    mismatch(operator, left, right);
                }
                return Operand.of(ValueType.BOOL);
            case "<", ">", "<=", ">=", "+", "-", "*", "/", "%", "**", "^":
                return number(operator, left, right);
            default:
                throw new IllegalArgumentException("the operator " + operator);
        }
    }

    private Operand number(String operator, Operand left, Operand right) {
        boolean isComparison = COMPARISONS.contains(operator);
        boolean areStrings = (isComparison || operator.equals("+"))
                && left.type().fits(ValueType.STRING)
                && right.type().fits(ValueType.STRING);
        if (!areStrings && !(left.type().fitsNumber() && right.type().fitsNumber())) {
            mismatch(operator, left, right);
            return Operand.UNKNOWN;
        }
        if (isComparison) {
            return Operand.of(ValueType.BOOL);
        }
        return operator.equals("+") || operator.equals("-") || operator.equals("*")
                ? left.sum(right)
                : Operand.of(operator.equals("%") ? ValueType.INT : ValueType.FLOAT);
    }

    @Override
    public Operand visit(ExpressionNode.Choice choice) {
        needsBool(type(choice.condition()));
        branches++;
        Operand yes = type(choice.yes());
        Operand no = type(choice.no());
        branches--;
        return yes.type() == no.type() ? Operand.of(yes.type()) : Operand.UNKNOWN;
    }

    @Override
    public Operand visit(ExpressionNode.Access access) {
        return access.base() instanceof ExpressionNode.Name name
                ? named(name.name(), access.parts())
                : members(type(access.base()), access.parts());
    }

    private Operand named(String name, List<Part> parts) {
        if (UnknownMarks.isIn(name) || name.indexOf('$') >= 0) {
            throw new IllegalArgumentException("unexpected " + name);
        }
        if (name.equals("nil")) {
            return members(Operand.UNKNOWN, parts);
        }
        if (name.equals("true") || name.equals("false")) {
            return members(Operand.literal(ValueType.BOOL), parts);
        }
        String path = name;
        int i = 0;
        while (i < parts.size() && !isString(path) && !parts.get(i).literal().isEmpty()) {
            path = ++i < MAX_PARTS ? path + "." + parts.get(i - 1).literal() : "";
        }
        List<Part> rest = parts.subList(i, parts.size());
        if (!rest.isEmpty() && rest.get(0).is(PartKind.CALL)) {
            return members(call(path, rest.get(0).nodes()), rest.subList(1, rest.size()));
        }
        return members(
                isString(path) ? new Operand(ValueType.STRING, path.indexOf('.') < 0, path) : Operand.UNKNOWN, rest);
    }

    private boolean isString(String path) {
        return STRING_NAME.matcher(path).matches() || items == Items.SCALARS && path.equals("item");
    }

    private Operand call(String function, List<ExpressionNode> arguments) {
        if (!ELEMENT_FUNCTIONS.contains(function)) {
            arguments.forEach(this::type);
        }
        return Operand.of(ValueType.ofResult(function));
    }

    private Operand members(Operand value, List<Part> parts) {
        Operand current = value;
        for (Part part : parts) {
            if (part.is(PartKind.CALL)) {
                throw new IllegalArgumentException("a method");
            }
            if (part.isMember() && current.type() == ValueType.STRING) {
                addMismatch("cannot fetch " + part.name() + " from string" + current.asObject(part.name()));
            }
            part.nodes().forEach(this::type);
            current = Operand.UNKNOWN;
        }
        return current;
    }

    private void needsBool(Operand value) {
        if (!value.type().fits(ValueType.BOOL)) {
            addMismatch("interface conversion: interface {} is " + value.type() + ", not bool" + value.asBool());
        }
    }

    private void mismatch(String operator, Operand left, Operand right) {
        addMismatch(
                "invalid operation: " + left.type() + " " + operator + " " + right.type() + left.converted(right),
                left.compiled() && right.compiled());
    }

    /** Adds a mismatch that fails only if its operation is evaluated. */
    private void addMismatch(String message) {
        addMismatch(message, /* compiled= */ false);
    }

    private void addMismatch(String message, boolean compiled) {
        Mismatch candidate = new Mismatch(message, compiled || branches == 0);
        if (mismatch.isEmpty() || !mismatch.get().always() && candidate.always()) {
            mismatch = Optional.of(candidate);
        }
    }
}

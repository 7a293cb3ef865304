package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.ValueType.Operand;
import java.util.Optional;
import java.util.Set;

/**
 * A check for operations in an expression that do not accept the types of their operands: each parameter, result,
 * status and exit code is a string. Uncertain values have no type, and syntax that is not supported here has no
 * mismatch. Sources: expr-lang checker/checker.go, vm/vm.go, vm/runtime/runtime.go; argo-workflows
 * util/expr/env/env.go.
 */
public final class OperandTypes {

    /**
     * An operation that fails.
     *
     * @param words expr's error, with the fix
     * @param always whether it fails each time the expression is evaluated, and not only on one of its branches
     */
    public record Mismatch(String words, boolean always) {}

    static final Set<String> COMPARISONS = Set.of("<", ">", "<=", ">=");

    private Optional<Mismatch> mismatch = Optional.empty();
    private int branches;

    private OperandTypes() {}

    /**
     * Checks an expression.
     *
     * @param plainItems whether {@code item} is a scalar value of a loop and no object
     */
    public static OperandTypes of(String expression, boolean plainItems) {
        if (expression.contains("//") || expression.contains("/*")) {
            return new OperandTypes();
        }
        try {
            OperandTypes types = new OperandTypes();
            new OperandReader(expression, plainItems, types).parseAll();
            return types;
        } catch (IllegalArgumentException otherSyntax) {
            return new OperandTypes();
        } catch (OverBudget e) {
            if (!e.limit().isForOne()) {
                throw e;
            }
            return new OperandTypes();
        }
    }

    /** Returns the first operation that always fails, else the first that fails on a branch. */
    public Optional<Mismatch> mismatch() {
        return mismatch;
    }

    /** Starts a branch, whose operations are perhaps not evaluated. */
    void branch() {
        branches++;
    }

    void branchEnds() {
        branches--;
    }

    /** Returns the result of an operator, and checks its operands. */
    Operand result(String operator, Operand left, Operand right) {
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
                if (left.type().isOther(right.type()) && left.compiled() && right.compiled()) {
                    mismatch(operator, left, right);
                }
                return Operand.of(ValueType.BOOL);
            case "in":
                if (right.type().isScalar()) {
                    addMismatch("operator \"in\" not defined on " + right.type() + right.asList(), false);
                }
                return Operand.of(ValueType.BOOL);
            case "matches", "contains", "startsWith", "endsWith":
                if (!left.type().fits(ValueType.STRING) || !right.type().fits(ValueType.STRING)) {
                    mismatch(operator, left, right);
                }
                return Operand.of(ValueType.BOOL);
            default:
                return number(operator, left, right);
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

    void needsBool(Operand value) {
        if (!value.type().fits(ValueType.BOOL)) {
            addMismatch("interface conversion: interface {} is " + value.type() + ", not bool" + value.asBool(), false);
        }
    }

    private void mismatch(String operator, Operand left, Operand right) {
        addMismatch(
                "invalid operation: " + left.type() + " " + operator + " " + right.type() + left.converted(right),
                left.compiled() && right.compiled());
    }

    void addMismatch(String message, boolean compiled) {
        Mismatch candidate = new Mismatch(message, compiled || branches == 0);
        if (mismatch.isEmpty() || !mismatch.get().always() && candidate.always()) {
            mismatch = Optional.of(candidate);
        }
    }
}

package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import io.jenkins.plugins.argopreflight.engine.budget.Budget;
import io.jenkins.plugins.argopreflight.engine.budget.OverBudget;
import io.jenkins.plugins.argopreflight.engine.workflow.expression.ValueType.Operand;
import java.util.Optional;
import java.util.Set;

/**
 * Operations in an expression that do not take the types of their operands: every parameter, result, status and exit code
 * is a string. What is not certain has no type, and what cannot be read here has no mismatch. Sources: expr-lang
 * checker/checker.go, vm/vm.go, vm/runtime/runtime.go; argo-workflows util/expr/env/env.go.
 */
public final class OperandTypes {

    /**
     * An operation that fails.
     *
     * @param words expr's, with what to write
     * @param always whether it fails whenever the expression is evaluated, and not only on one of its branches
     */
    public record Mismatch(String words, boolean always) {}

    static final Set<String> COMPARISONS = Set.of("<", ">", "<=", ">=");

    private Optional<Mismatch> found = Optional.empty();
    private int branches;

    private OperandTypes() {}

    /** @param plainItems whether {@code item} is a value of a loop and no object */
    public static OperandTypes of(String expression, boolean plainItems) {
        if (expression.contains("//") || expression.contains("/*")) {
            return new OperandTypes();
        }
        try (Budget.Scope run = Budget.ensure()) {
            OperandTypes types = new OperandTypes();
            new OperandReader(expression, plainItems, types).whole();
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

    /** The first operation that always fails, else the first that fails on a branch. */
    public Optional<Mismatch> mismatch() {
        return found;
    }

    /** What follows is evaluated only on a branch. */
    void branch() {
        branches++;
    }

    void branchEnds() {
        branches--;
    }

    /** What an operator gives, once its operands are checked. */
    Operand result(String operator, Operand left, Operand right) {
        switch (operator) {
            case "||", "or", "&&", "and":
                // With a literal beside it, expr gives the operand as it is.
                if (right.type() != ValueType.BOOL || !right.compiled()) {
                    needsBool(left);
                }
                return left.type() == right.type() ? Operand.of(left.type()) : Operand.UNKNOWN;
            case "??":
                return Operand.UNKNOWN;
            case "..":
                return Operand.of(ValueType.LIST);
            case "==", "!=":
                // Where expr does not know both types, it compares them, and the result is always the same.
                if (left.type().isOther(right.type()) && left.compiled() && right.compiled()) {
                    mismatch(operator, left, right);
                }
                return Operand.of(ValueType.BOOL);
            case "in":
                if (right.type().isScalar()) {
                    found("operator \"in\" not defined on " + right.type() + right.asList(), false);
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
        boolean comparison = COMPARISONS.contains(operator);
        boolean strings = (comparison || operator.equals("+"))
                && left.type().fits(ValueType.STRING)
                && right.type().fits(ValueType.STRING);
        if (!strings && !(left.type().fitsNumber() && right.type().fitsNumber())) {
            mismatch(operator, left, right);
            return Operand.UNKNOWN;
        }
        if (comparison) {
            return Operand.of(ValueType.BOOL);
        }
        return operator.equals("+") || operator.equals("-") || operator.equals("*")
                ? left.sum(right)
                : Operand.of(operator.equals("%") ? ValueType.INT : ValueType.FLOAT);
    }

    void needsBool(Operand value) {
        if (!value.type().fits(ValueType.BOOL)) {
            found("interface conversion: interface {} is " + value.type() + ", not bool" + value.asBool(), false);
        }
    }

    private void mismatch(String operator, Operand left, Operand right) {
        found(
                "invalid operation: " + left.type() + " " + operator + " " + right.type() + left.converted(right),
                left.compiled() && right.compiled());
    }

    void found(String words, boolean compiled) {
        Mismatch mismatch = new Mismatch(words, compiled || branches == 0);
        if (found.isEmpty() || !found.get().always() && mismatch.always()) {
            found = Optional.of(mismatch);
        }
    }
}

package io.jenkins.plugins.argopreflight.engine.argo.expression;

import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access.Part;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Access.PartKind;
import io.jenkins.plugins.argopreflight.engine.argo.expression.ExpressionNode.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A use of a variable or function in an expression.
 *
 * @param path parts of its name, such as {@code steps}, {@code a}, {@code outputs} and {@code result}. An index is a
 *     part if it is a literal string.
 * @param isOptional whether {@code ?.} is before a part
 */
public record VariableUse(List<String> path, boolean isOptional, Position position) {

    /** The position of a variable in its expression. */
    public enum Position {
        /** The variable is the whole expression. */
        WHOLE,
        /** The operator {@code ??} follows, with another value for a variable without value. */
        GUARDED,
        /** The variable is an operand of an operator that fails for a variable without value. */
        OPERAND,
        OTHER
    }

    /** Operators that always evaluate both operands, and fail for nil. */
    private static final Set<String> NIL_REFUSING =
            Set.of("+", "-", "*", "/", "%", "**", "^", "..", "<", ">", "<=", ">=");

    /** Returns the name with dots. */
    public String name() {
        return String.join(".", path);
    }

    /** Returns the uses in an expression, in the order of the text. */
    static List<VariableUse> in(ExpressionNode root) {
        List<VariableUse> uses = new ArrayList<>();
        add(root, Position.WHOLE, uses);
        return uses;
    }

    /** Returns the use that is always evaluated first; empty if the expression begins with something else. */
    static Optional<VariableUse> firstIn(ExpressionNode root) {
        ExpressionNode node = root;
        while (!(node instanceof Access access && access.base() instanceof ExpressionNode.Name)) {
            boolean beginsWithChild = node instanceof Operation
                    || node instanceof Access
                    || node instanceof ExpressionNode.Choice
                    || node instanceof ExpressionNode.Declaration
                    || node instanceof ExpressionNode.Other;
            if (!beginsWithChild || node.children().isEmpty()) {
                return Optional.empty();
            }
            node = node.children().get(0);
        }
        return in(node).stream().findFirst();
    }

    /**
     * Adds the uses below a node.
     *
     * @param position position of the last operand below the node. The others can be guarded by an operator between
     *     them.
     */
    private static void add(ExpressionNode node, Position position, List<VariableUse> uses) {
        if (node instanceof Access access && access.base() instanceof ExpressionNode.Name name) {
            uses.add(of(name, access.parts(), position));
        }
        Position ofLast = position == Position.GUARDED && endsWithOperand(node) ? Position.GUARDED : Position.OTHER;
        List<ExpressionNode> children = node.children();
        for (int i = 0; i < children.size(); i++) {
            boolean isLast = i == children.size() - 1;
            Position other = isLast ? ofLast : Position.OTHER;
            add(children.get(i), node instanceof Operation operation ? operand(operation, i, other) : other, uses);
        }
    }

    private static Position operand(Operation operation, int index, Position other) {
        List<Operation.Term> terms = operation.terms();
        if (index < terms.size() && terms.get(index).operator().is("??")) {
            return Position.GUARDED;
        }
        boolean isOperand = NIL_REFUSING.contains(
                terms.get(Math.max(index - 1, 0)).operator().symbol());
        return other == Position.OTHER && isOperand ? Position.OPERAND : other;
    }

    /** Returns whether only closing parentheses are behind the last operand below a node. */
    private static boolean endsWithOperand(ExpressionNode node) {
        return node instanceof Access access
                ? !access.parts().isEmpty()
                        && access.parts().get(access.parts().size() - 1).is(PartKind.CALL)
                : node instanceof Operation
                        || node instanceof ExpressionNode.Unary
                        || node instanceof ExpressionNode.Choice;
    }

    private static VariableUse of(ExpressionNode.Name name, List<Part> parts, Position position) {
        List<String> path = new ArrayList<>(List.of(name.name()));
        boolean isOptional = false;
        for (Part part : parts) {
            if (part.literal().isEmpty()) {
                return new VariableUse(path, isOptional, Position.OTHER);
            }
            isOptional |= part.is(PartKind.OPTIONAL_MEMBER);
            path.add(part.literal());
        }
        return new VariableUse(path, isOptional, position);
    }
}

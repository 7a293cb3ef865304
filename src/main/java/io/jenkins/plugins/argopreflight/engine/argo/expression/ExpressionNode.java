package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node of the syntax tree of an expression. Operations of one level and parts of one value are lists: {@code a + b}
 * and {@code a.b[0]} add one level to the tree, whatever their length. Source: expr-lang ast/node.go.
 */
sealed interface ExpressionNode {

    /** The tree of an expression that cannot be read. */
    ExpressionNode UNREADABLE = new Other(List.of());

    /** Returns the nodes directly below, in the order of the text. */
    List<ExpressionNode> children();

    <T> @Nullable T accept(Visitor<T> visitor);

    /** A computation over the tree, with one method for each kind of node that it supports. */
    interface Visitor<T> {

        @Nullable
        T visit(Number number);

        @Nullable
        T visit(Text text);

        @Nullable
        T visit(Elements list);

        @Nullable
        T visit(Entries map);

        @Nullable
        T visit(Unary operation);

        @Nullable
        T visit(Operation operation);

        @Nullable
        T visit(Choice choice);

        @Nullable
        T visit(Access access);

        /** Visits a task, which only the tree of a {@code depends} has. */
        default T visit(Task task) {
            throw new IllegalArgumentException("a task outside depends");
        }
    }

    /** A number as written; it can be invalid. */
    record Number(String text) implements ExpressionNode {
        @Override
        public List<ExpressionNode> children() {
            return List.of();
        }

        @Override
        public <T> @Nullable T accept(Visitor<T> visitor) {
            return visitor.visit(this);
        }
    }

    /** A string, without its quotes. */
    record Text(String value) implements ExpressionNode {
        @Override
        public List<ExpressionNode> children() {
            return List.of();
        }

        @Override
        public <T> @Nullable T accept(Visitor<T> visitor) {
            return visitor.visit(this);
        }
    }

    /** A list {@code [a, b]}. */
    record Elements(List<ExpressionNode> children) implements ExpressionNode {
        @Override
        public <T> @Nullable T accept(Visitor<T> visitor) {
            return visitor.visit(this);
        }
    }

    /**
     * A map with literal keys, {@code {a: 1}}.
     *
     * @param children the values, in the order of their keys
     */
    record Entries(List<String> keys, List<ExpressionNode> children) implements ExpressionNode {
        @Override
        public <T> @Nullable T accept(Visitor<T> visitor) {
            return visitor.visit(this);
        }
    }

    /** An operation on one operand: {@code !}, {@code -} or {@code +}. */
    record Unary(String operator, ExpressionNode operand) implements ExpressionNode {
        @Override
        public List<ExpressionNode> children() {
            return List.of(operand);
        }

        @Override
        public <T> @Nullable T accept(Visitor<T> visitor) {
            return visitor.visit(this);
        }
    }

    /** Operations from left to right, such as {@code a + b - c}. */
    record Operation(ExpressionNode first, List<Term> terms) implements ExpressionNode {

        /** An operator and its right operand. The left operand is the result so far. */
        record Term(Operator operator, ExpressionNode right) {}

        /**
         * A binary operator.
         *
         * @param isNegated whether {@code not} is before the symbol, as in {@code a not in b}
         */
        record Operator(String symbol, boolean isNegated) {

            boolean is(String other) {
                return !isNegated && symbol.equals(other);
            }

            @Override
            public String toString() {
                return (isNegated ? "not " : "") + symbol;
            }
        }

        @Override
        public List<ExpressionNode> children() {
            List<ExpressionNode> children = new ArrayList<>();
            children.add(first);
            terms.forEach(term -> children.add(term.right()));
            return children;
        }

        @Override
        public <T> @Nullable T accept(Visitor<T> visitor) {
            return visitor.visit(this);
        }
    }

    /** A choice {@code condition ? yes : no}. */
    record Choice(ExpressionNode condition, ExpressionNode yes, ExpressionNode no) implements ExpressionNode {
        @Override
        public List<ExpressionNode> children() {
            return List.of(condition, yes, no);
        }

        @Override
        public <T> @Nullable T accept(Visitor<T> visitor) {
            return visitor.visit(this);
        }
    }

    /** A variable, function or constant. It is always the base of an {@link Access}. */
    record Name(String name) implements ExpressionNode {
        @Override
        public List<ExpressionNode> children() {
            return List.of();
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            throw new IllegalArgumentException("a name without an access");
        }
    }

    /** A value and the parts that are taken from it, such as {@code steps.a.outputs['x']} or {@code f(a)[0]}. */
    record Access(ExpressionNode base, List<Part> parts) implements ExpressionNode {

        /** Kinds of parts. OTHER is a slice or an optional index. */
        enum PartKind {
            MEMBER,
            OPTIONAL_MEMBER,
            INDEX,
            CALL,
            OTHER
        }

        /**
         * A part of a value.
         *
         * @param name name of a member; "" for other parts
         * @param nodes the index or the arguments; for a member such as the {@code 0} of {@code list.0}, its name as a
         *     number, which can be invalid; empty for other members
         */
        record Part(PartKind kind, String name, List<ExpressionNode> nodes) {

            boolean is(PartKind other) {
                return kind == other;
            }

            boolean isMember() {
                return kind == PartKind.MEMBER || kind == PartKind.OPTIONAL_MEMBER;
            }

            /** Returns the name of a member or of a literal index; "" for other parts. */
            String literal() {
                return kind == PartKind.INDEX && nodes.get(0) instanceof Text key ? key.value() : name;
            }
        }

        @Override
        public List<ExpressionNode> children() {
            List<ExpressionNode> children = new ArrayList<>();
            children.add(base);
            parts.forEach(part -> children.addAll(part.nodes()));
            return children;
        }

        @Override
        public <T> @Nullable T accept(Visitor<T> visitor) {
            return visitor.visit(this);
        }
    }

    /** A declaration {@code let name = value; body}, which is neither evaluated nor checked for types. */
    record Declaration(String name, ExpressionNode value, ExpressionNode body) implements ExpressionNode {
        @Override
        public List<ExpressionNode> children() {
            return List.of(value, body);
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            throw new IllegalArgumentException("a declaration");
        }
    }

    /**
     * A task in a {@code depends}.
     *
     * @param result the result that the task must have; "" for any result after which a dependent task runs
     */
    record Task(String name, String result) implements ExpressionNode {

        private static final Pattern RESULT = Pattern.compile("|[A-Z][A-Za-z]+");

        static Task of(String text) {
            int dot = text.indexOf('.');
            return dot < 0 ? new Task(text, "") : new Task(text.substring(0, dot), text.substring(dot + 1));
        }

        /** Returns whether Argo reads the text after the dot as a result. */
        boolean isReadable() {
            return RESULT.matcher(result).matches();
        }

        @Override
        public List<ExpressionNode> children() {
            return List.of();
        }

        @Override
        public <T> T accept(Visitor<T> visitor) {
            return visitor.visit(this);
        }
    }

    /** Syntax that is neither evaluated nor checked for types, such as a closure, or an expression with an error. */
    record Other(List<ExpressionNode> children) implements ExpressionNode {
        @Override
        public <T> T accept(Visitor<T> visitor) {
            throw new IllegalArgumentException("syntax that is not supported");
        }
    }
}

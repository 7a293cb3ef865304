package io.jenkins.plugins.argopreflight.engine.argo.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types of an expression's values, as far as they are known before the evaluation. */
enum ValueType {
    STRING("string"),
    INT("int"),
    FLOAT("float64"),
    BOOL("bool"),
    LIST("[]interface {}"),
    MAP("map[string]interface {}"),
    UNKNOWN("interface {}");

    private static final Map<String, ValueType> RESULTS = new HashMap<>();

    static {
        results(
                STRING,
                "string toJson toJSON upper lower trim trimPrefix trimSuffix replace repeat join toBase64 type");
        results(
                STRING,
                "sprig.lower sprig.upper sprig.trim sprig.trimPrefix sprig.trimSuffix sprig.trimAll sprig.replace"
                        + " sprig.join sprig.quote sprig.squote sprig.toString sprig.toJson sprig.b64enc sprig.b64dec"
                        + " sprig.nospace sprig.trunc sprig.substr sprig.repeat sprig.sha256sum sprig.kebabcase");
        results(
                INT,
                "asInt int len indexOf lastIndexOf count findIndex findLastIndex sprig.int sprig.int64 sprig.atoi");
        results(FLOAT, "asFloat float sprig.float64");
        results(BOOL, "hasPrefix hasSuffix all any none one");
        results(LIST, "split splitAfter splitN keys values filter map");
    }

    private final String goName;

    ValueType(String goName) {
        this.goName = goName;
    }

    private static void results(ValueType type, String functions) {
        List.of(functions.split(" ")).forEach(function -> RESULTS.put(function, type));
    }

    /** Returns the type of a function's result. */
    static ValueType ofResult(String function) {
        return RESULTS.getOrDefault(function, UNKNOWN);
    }

    boolean fits(ValueType required) {
        return this == required || this == UNKNOWN;
    }

    boolean fitsNumber() {
        return this == INT || this == FLOAT || this == UNKNOWN;
    }

    boolean isScalar() {
        return this == STRING || this == INT || this == FLOAT || this == BOOL;
    }

    /** Returns whether no value of this type equals a value of the other type. Both types are known. */
    boolean neverEquals(ValueType other) {
        return isScalar() && other.isScalar() && this != other && !(fitsNumber() && other.fitsNumber());
    }

    /** Returns the name in Go. */
    @Override
    public String toString() {
        return goName;
    }

    /**
     * An operand of an expression.
     *
     * @param compiled whether expr knows the type at compile time, so that a mismatch fails even if it is not evaluated
     * @param name name of the variable; "" for a computed value
     */
    record Operand(ValueType type, boolean compiled, String name) {

        static final Operand UNKNOWN = of(ValueType.UNKNOWN);

        static Operand of(ValueType type) {
            return new Operand(type, /* compiled= */ false, /* name= */ "");
        }

        static Operand literal(ValueType type) {
            return new Operand(type, /* compiled= */ true, /* name= */ "");
        }

        /** Returns the result of {@code +}, {@code -} and {@code *} if both operands fit. */
        Operand sum(Operand other) {
            ValueType sum = type == other.type
                    ? type
                    : type == ValueType.UNKNOWN || other.type == ValueType.UNKNOWN ? ValueType.UNKNOWN : FLOAT;
            return new Operand(sum, compiled && other.compiled, "");
        }

        /** Returns a hint how to convert the variables among both operands to numbers. */
        String converted(Operand other) {
            Operand variable = type == STRING && !name.isEmpty() ? this : other;
            return variable.type != STRING || variable.name.isEmpty()
                    ? ""
                    : "; every parameter and output is a string: write " + variable.number() + "("
                            + variable.reference() + ")";
        }

        private String number() {
            return name.endsWith(".duration") ? "asFloat" : "asInt";
        }

        String asBool() {
            return name.isEmpty()
                    ? ""
                    : "; every parameter and output is a string: write " + reference() + " == 'true'";
        }

        String asList() {
            return name.isEmpty()
                    ? ""
                    : "; every parameter and output is a string: write fromJSON(" + reference() + ")";
        }

        String asObject(String member) {
            return name.isEmpty() ? "" : "; it is a string: write fromJSON(" + reference() + ")." + member;
        }

        private String reference() {
            StringBuilder reference = new StringBuilder();
            for (String part : name.split("\\.")) {
                boolean isWord = part.matches("\\w+");
                reference.append(isWord ? (reference.length() == 0 ? "" : ".") + part : "['" + part + "']");
            }
            return reference.toString();
        }
    }
}

package io.jenkins.plugins.argopreflight.engine.workflow.expression;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The types of an expression's values, as far as they are known before it is evaluated. */
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

    private final String go;

    ValueType(String go) {
        this.go = go;
    }

    private static void results(ValueType type, String functions) {
        List.of(functions.split(" ")).forEach(function -> RESULTS.put(function, type));
    }

    /** What a function gives. */
    static ValueType ofResult(String function) {
        return RESULTS.getOrDefault(function, UNKNOWN);
    }

    boolean fits(ValueType wanted) {
        return this == wanted || this == UNKNOWN;
    }

    boolean fitsNumber() {
        return this == INT || this == FLOAT || this == UNKNOWN;
    }

    boolean isScalar() {
        return this == STRING || this == INT || this == FLOAT || this == BOOL;
    }

    /** Whether no value of this type equals one of the other; both known. */
    boolean isOther(ValueType other) {
        return isScalar() && other.isScalar() && this != other && !(fitsNumber() && other.fitsNumber());
    }

    /** As Go writes it. */
    @Override
    public String toString() {
        return go;
    }

    /**
     * A value of an expression.
     *
     * @param compiled whether expr knows the type when it compiles, so that a mismatch fails also where it is not evaluated
     * @param name of the variable; "" for what is computed
     */
    record Operand(ValueType type, boolean compiled, String name) {

        static final Operand UNKNOWN = of(ValueType.UNKNOWN);

        static Operand of(ValueType type) {
            return new Operand(type, false, "");
        }

        static Operand literal(ValueType type) {
            return new Operand(type, true, "");
        }

        /** What {@code +}, {@code -} and {@code *} give where both fit. */
        Operand sum(Operand other) {
            ValueType sum = type == other.type
                    ? type
                    : type == ValueType.UNKNOWN || other.type == ValueType.UNKNOWN ? ValueType.UNKNOWN : FLOAT;
            return new Operand(sum, compiled && other.compiled, "");
        }

        /** How to make numbers of the variables among both. */
        String converted(Operand other) {
            Operand variable = type == STRING && !name.isEmpty() ? this : other;
            return variable.type != STRING || variable.name.isEmpty()
                    ? ""
                    : "; every parameter and output is a string: write " + variable.number() + "(" + variable.written()
                            + ")";
        }

        private String number() {
            return name.endsWith(".duration") ? "asFloat" : "asInt";
        }

        String asBool() {
            return name.isEmpty() ? "" : "; every parameter and output is a string: write " + written() + " == 'true'";
        }

        String asList() {
            return name.isEmpty() ? "" : "; every parameter and output is a string: write fromJSON(" + written() + ")";
        }

        String asObject(String member) {
            return name.isEmpty() ? "" : "; it is a string: write fromJSON(" + written() + ")." + member;
        }

        private String written() {
            StringBuilder written = new StringBuilder();
            for (String part : name.split("\\.")) {
                boolean word = part.matches("\\w+");
                written.append(word ? (written.length() == 0 ? "" : ".") + part : "['" + part + "']");
            }
            return written.toString();
        }
    }
}

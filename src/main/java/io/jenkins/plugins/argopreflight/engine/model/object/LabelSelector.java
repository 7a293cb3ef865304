package io.jenkins.plugins.argopreflight.engine.model.object;

import io.jenkins.plugins.argopreflight.engine.model.object.ObjectNames.NameError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A label selector as kubectl and Argo's conditions write it: {@code a=b,c in (d, e),!f,g>1}; all requirements must
 * hold. Source: kubernetes apimachinery pkg/labels/selector.go (Parse).
 *
 * @param error the reason why the selector cannot be parsed; empty if it can
 */
public record LabelSelector(List<Requirement> requirements, Optional<String> error) {

    /**
     * A requirement of a selector.
     *
     * @param operator {@code in}, {@code notin}, {@code >}, {@code <}, {@code exists} or {@code !}; {@code =} and
     *     {@code ==} are read as {@code in}, {@code !=} as {@code notin}
     */
    public record Requirement(String key, String operator, List<String> values) {

        /** Returns whether the requirement holds if the key has this value. */
        public boolean allows(String value) {
            return switch (operator) {
                case "in" -> values.contains(value);
                case "notin" -> !values.contains(value);
                case "exists" -> true;
                case ">", "<" -> isOrdered(value);
                default -> false;
            };
        }

        private boolean isOrdered(String value) {
            try {
                int order = Long.compare(Long.parseLong(value), Long.parseLong(values.get(0)));
                return operator.equals(">") ? order > 0 : order < 0;
            } catch (NumberFormatException e) {
                return false;
            }
        }
    }

    private static final Set<String> SYMBOLS = Set.of("=", "==", "!=", "!", "(", ")", ",", ">", "<");
    private static final String SPECIAL = "=!(),><";
    private static final String END = "";
    private static final String MORE_OR_END = "',' or 'end of string'";

    /** The error for a text that is not a selector. */
    private static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message, null, false, false);
        }

        static Malformed found(String token, String expected) {
            return new Malformed("found '" + token + "', expected: " + expected);
        }
    }

    /** The tokens of a text, read one after the other. */
    private static final class Tokens {
        private final List<String> all = new ArrayList<>();
        private int at;

        Tokens(String text) {
            int i = 0;
            while (i < text.length()) {
                char c = text.charAt(i);
                int end = i + 1;
                if (Character.isWhitespace(c)) {
                    i = end;
                    continue;
                }
                if (SPECIAL.indexOf(c) >= 0) {
                    end += end < text.length() && SYMBOLS.contains(text.substring(i, end + 1)) ? 1 : 0;
                } else {
                    while (end < text.length()
                            && SPECIAL.indexOf(text.charAt(end)) < 0
                            && !Character.isWhitespace(text.charAt(end))) {
                        end++;
                    }
                }
                all.add(text.substring(i, end));
                i = end;
            }
        }

        String peek() {
            return at < all.size() ? all.get(at) : END;
        }

        String next() {
            String token = peek();
            at++;
            return token;
        }

        /** Returns the next token, which must be a word. */
        String nextWord() throws Malformed {
            String token = next();
            if (token.equals(END) || SYMBOLS.contains(token)) {
                throw Malformed.found(token, "identifier");
            }
            return token;
        }
    }

    public static LabelSelector parse(String text) {
        List<Requirement> requirements = new ArrayList<>();
        Tokens tokens = new Tokens(text);
        try {
            while (!tokens.peek().equals(END)) {
                requirements.add(parseRequirement(tokens));
                String after = tokens.next();
                if (!after.equals(END) && !after.equals(",")) {
                    throw Malformed.found(after, MORE_OR_END);
                }
                if (after.equals(",") && tokens.peek().equals(END)) {
                    throw Malformed.found(END, "identifier after ','");
                }
            }
            return new LabelSelector(List.copyOf(requirements), Optional.empty());
        } catch (Malformed e) {
            return new LabelSelector(List.of(), Optional.ofNullable(e.getMessage()));
        }
    }

    private static Requirement parseRequirement(Tokens tokens) throws Malformed {
        boolean absent = tokens.peek().equals("!");
        if (absent) {
            tokens.next();
        }
        String key = tokens.nextWord();
        List<NameError> wrong = ObjectNames.qualified(key);
        if (!wrong.isEmpty()) {
            throw new Malformed(
                    "Invalid value: \"" + key + "\": " + wrong.get(0).text());
        }
        boolean isKeyAlone = tokens.peek().equals(END) || tokens.peek().equals(",");
        if (absent || isKeyAlone) {
            return new Requirement(key, absent ? "!" : "exists", List.of());
        }
        String operator = tokens.next();
        return switch (operator) {
            case "in", "notin" -> new Requirement(key, operator, checkValues(parseList(tokens)));
            case "=", "==" -> new Requirement(key, "in", checkValues(List.of(parseValue(tokens))));
            case "!=" -> new Requirement(key, "notin", checkValues(List.of(parseValue(tokens))));
            case ">", "<" -> new Requirement(key, operator, List.of(checkNumber(parseValue(tokens))));
            default -> throw Malformed.found(operator, "in, notin, =, ==, !=, gt, lt");
        };
    }

    private static String parseValue(Tokens tokens) throws Malformed {
        return tokens.peek().equals(END) || tokens.peek().equals(",") ? "" : tokens.nextWord();
    }

    private static List<String> parseList(Tokens tokens) throws Malformed {
        String open = tokens.next();
        if (!open.equals("(")) {
            throw Malformed.found(open, "'('");
        }
        List<String> values = new ArrayList<>();
        while (!tokens.peek().equals(")")) {
            values.add(tokens.peek().equals(",") ? "" : tokens.nextWord());
            if (tokens.peek().equals(",")) {
                tokens.next();
            } else if (!tokens.peek().equals(")")) {
                throw Malformed.found(tokens.peek(), "',', or ')'");
            }
        }
        tokens.next();
        if (values.isEmpty()) {
            throw new Malformed("for 'in', 'notin' operators, values set can't be empty");
        }
        return values;
    }

    /** Returns the value after a check that it is an integer. */
    private static String checkNumber(String value) throws Malformed {
        if (!value.matches("[+-]?\\d{1,18}")) {
            throw new Malformed(
                    "Invalid value: \"" + value + "\": for 'Gt', 'Lt' operators, the value must be an integer");
        }
        return value;
    }

    /** Returns the values after a check that each is a valid value of a label. */
    private static List<String> checkValues(List<String> values) throws Malformed {
        for (String value : values) {
            if (!ObjectNames.labelValue(value).isEmpty()) {
                throw new Malformed(
                        "Invalid value: \"" + value + "\": a valid label must be an empty string or consist of"
                                + " alphanumeric characters, '-', '_' or '.'");
            }
        }
        return values;
    }
}

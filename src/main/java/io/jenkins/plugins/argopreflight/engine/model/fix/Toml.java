package io.jenkins.plugins.argopreflight.engine.model.fix;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A TOML file of strings and lists of strings, as containerd reads it. */
public record Toml(@JsonValue String text, List<String> problems) implements FormattedText {

    public Toml {
        problems = List.copyOf(problems);
    }

    /** Returns an empty file. */
    public static Toml empty() {
        return new Toml("", List.of());
    }

    /**
     * Returns this file with a field at the end.
     *
     * @param key a fixed bare key
     */
    public Toml set(String key, Operand value) {
        return plus(key + " = " + quoted(value.text()), value);
    }

    /**
     * Returns this file with a list at the end.
     *
     * @param key a fixed bare key
     */
    public Toml list(String key, String... values) {
        return plus(
                key + " = " + List.of(values).stream().map(Toml::quoted).collect(Collectors.joining(", ", "[", "]")),
                Operand.NONE);
    }

    /**
     * Returns this file with a table at the end. Fields that are added later belong to the table.
     *
     * @param key a fixed bare key
     */
    public Toml table(String key, Operand name) {
        return plus("[" + key + "." + quoted(name.text()) + "]", name);
    }

    private Toml plus(String line, Operand operand) {
        List<String> all = new ArrayList<>(problems);
        operand.ifProblem().ifPresent(all::add);
        return new Toml(text + line + "\n", all);
    }

    /** Returns a basic string in ASCII, see <a href="https://toml.io/en/v1.0.0#string">TOML, String</a>. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (point < ' ' || point > '~') {
                quoted.append(String.format("\\U%08x", point));
            } else {
                quoted.appendCodePoint(point);
            }
        });
        return quoted.append('"').toString();
    }
}

package io.jenkins.plugins.argopreflight.engine.fix;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A TOML file of strings and lists of them, as containerd reads it. */
public record Toml(@JsonValue String text, List<String> problems) implements FormattedText {

    public Toml {
        problems = List.copyOf(problems);
    }

    /** An empty file. */
    public static Toml empty() {
        return new Toml("", List.of());
    }

    /** The same with a field. @param key a bare key, always the same */
    public Toml set(String key, Operand value) {
        return plus(key + " = " + quoted(value.text()), value);
    }

    /** The same with a list. @param key a bare key, always the same */
    public Toml list(String key, String... words) {
        return plus(
                key + " = " + List.of(words).stream().map(Toml::quoted).collect(Collectors.joining(", ", "[", "]")),
                Operand.NONE);
    }

    /** The same with a table, to which the fields after it belong. @param key a bare key, always the same */
    public Toml table(String key, Operand name) {
        return plus("[" + key + "." + quoted(name.text()) + "]", name);
    }

    private Toml plus(String line, Operand operand) {
        List<String> all = new ArrayList<>(problems);
        operand.ifProblem().ifPresent(all::add);
        return new Toml(text + line + "\n", all);
    }

    /** A basic string in ASCII, see <a href="https://toml.io/en/v1.0.0#string">TOML, String</a>. */
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

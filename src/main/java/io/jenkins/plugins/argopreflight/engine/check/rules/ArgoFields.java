package io.jenkins.plugins.argopreflight.engine.check.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The fields that Argo's objects have in any version from 3.4 to 4.1, from {@code argo-fields.txt}; which version has
 * which is another check's business.
 */
final class ArgoFields {

    /** What a field holds, in the file's notation: {@code s n b *}, a type, {@code [kind}, <code>{kind</code>. */
    record Kind(String text) {

        boolean isText() {
            return text.equals("s");
        }

        boolean isNumber() {
            return text.equals("n");
        }

        boolean isBoolean() {
            return text.equals("b");
        }

        boolean isAnything() {
            return text.equals("*");
        }

        boolean isList() {
            return text.startsWith("[");
        }

        boolean isMap() {
            return text.startsWith("{");
        }

        Kind element() {
            return new Kind(text.substring(1));
        }

        /** In words, for messages. */
        String words() {
            if (isList()) {
                return "a list of " + element().plural();
            }
            if (isMap()) {
                return "a map of " + element().plural();
            }
            return isText() ? "a string" : isNumber() ? "a number" : isBoolean() ? "true or false" : "an object";
        }

        private String plural() {
            if (isText()) {
                return "strings";
            }
            Map<String, Kind> fields = FIELDS.getOrDefault(text, Map.of());
            return isNumber() ? "numbers" : fields.containsKey("name") ? "objects with a name" : "objects";
        }
    }

    private static final Map<String, Map<String, Kind>> FIELDS = new HashMap<>();

    static {
        try (InputStream in = ArgoFields.class.getResourceAsStream("argo-fields.txt")) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(ArgoFields::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ArgoFields() {}

    private static void read(String line) {
        String[] words = line.split(" ");
        Map<String, Kind> fields = new LinkedHashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            fields.put(words[i].substring(0, equals), new Kind(words[i].substring(equals + 1)));
        }
        FIELDS.put(words[0], fields);
    }

    /** The fields of a type; empty for what is no type of ours. */
    static Optional<Map<String, Kind>> of(String type) {
        return Optional.ofNullable(FIELDS.get(type));
    }
}

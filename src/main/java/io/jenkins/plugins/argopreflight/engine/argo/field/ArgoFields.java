package io.jenkins.plugins.argopreflight.engine.argo.field;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of Argo's objects in versions 3.4 to 4.1, from {@code argo-fields.txt}. */
public final class ArgoFields {

    /**
     * The type of a field, in the notation of the file.
     *
     * @param text {@code s} for a text, {@code n} for a number, {@code b} for a boolean, {@code q} for a quantity,
     *     {@code *} for any value, or the name of a type; with a bracket before it for a list, with a brace for a map
     * @param since the first version with the field, "" if all versions have it
     * @param until the first version without the field, "" if no version removed it
     * @param instead the field to use in versions without this field, "" if there is none
     */
    public record Kind(String text, String since, String until, String instead) {

        Kind(String text) {
            this(text, "", "", "");
        }

        static Kind parse(String text) {
            Matcher parts = DATED.matcher(text);
            return parts.matches()
                    ? new Kind(parts.group(1), parts.group(2), orEmpty(parts.group(3)), orEmpty(parts.group(4)))
                    : new Kind(text);
        }

        private static String orEmpty(String group) {
            return group == null ? "" : group;
        }

        public boolean isText() {
            return text.equals("s");
        }

        public boolean isNumber() {
            return text.equals("n");
        }

        public boolean isBoolean() {
            return text.equals("b");
        }

        /** Returns whether the field is a quantity, such as {@code 500m} or {@code 2Gi}. */
        public boolean isQuantity() {
            return text.equals("q");
        }

        public boolean isAnything() {
            return text.equals("*");
        }

        public boolean isList() {
            return text.startsWith("[");
        }

        public boolean isMap() {
            return text.startsWith("{");
        }

        public Kind element() {
            return new Kind(text.substring(1));
        }

        /** Returns the description for messages. */
        public String description() {
            if (isList()) {
                return "a list of " + element().plural();
            }
            if (isMap()) {
                return "a map of " + element().plural();
            }
            if (isQuantity()) {
                return "a quantity such as 500m or 2Gi";
            }
            return isText() ? "a string" : isNumber() ? "a number" : isBoolean() ? "true or false" : "an object";
        }

        private String plural() {
            if (isText()) {
                return "strings";
            }
            if (isQuantity() || isAnything()) {
                return isQuantity() ? "quantities" : "values";
            }
            Map<String, Kind> fields = FIELDS.getOrDefault(text, Map.of());
            return isNumber() ? "numbers" : fields.containsKey("name") ? "objects with a name" : "objects";
        }
    }

    /** Pattern of a type with versions, {@code KIND@SINCE-UNTIL:INSTEAD}; each part after the at sign can be absent. */
    private static final Pattern DATED = Pattern.compile("([^@]+)@([0-9.]*)(?:-([0-9.]+))?(?::(.+))?");

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
        String[] typeAndFields = line.split(" ");
        FIELDS.put(typeAndFields[0], parse(Arrays.copyOfRange(typeAndFields, 1, typeAndFields.length)));
    }

    /** Parses definitions of fields in the file's notation. */
    static Map<String, Kind> parse(String... definitions) {
        Map<String, Kind> fields = new LinkedHashMap<>();
        for (String definition : definitions) {
            int equals = definition.indexOf('=');
            fields.put(definition.substring(0, equals), Kind.parse(definition.substring(equals + 1)));
        }
        return fields;
    }

    /** Returns the names of all types. */
    static Set<String> types() {
        return FIELDS.keySet();
    }

    /**
     * Returns the kind of the field at a path of an object of this type, through lists and maps; empty if there is no
     * field at the path.
     */
    public static Optional<Kind> at(String type, List<String> path) {
        Optional<Kind> kind = Optional.of(new Kind(type));
        for (String part : path) {
            kind = kind.flatMap(holder -> holder.isList() || holder.isMap()
                    ? Optional.of(holder.element())
                    : of(holder.text()).map(fields -> fields.get(part)));
        }
        return kind;
    }

    /** Returns the fields of a type; empty if the name is none of a type in the file. */
    public static Optional<Map<String, Kind>> of(String type) {
        return Optional.ofNullable(FIELDS.get(type));
    }
}

package io.jenkins.plugins.argopreflight.engine.kubernetes.kubeconfig;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.KubeconfigException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The entries of one list of a kubeconfig, such as {@code users}. Each has a name, and no name occurs twice. */
final class Entries {

    private static final int MAX_ENTRIES = 1000;
    private static final int MAX_SHOWN_NAMES = 20;

    private final String list;
    private final String kind;
    private final Map<String, JsonNode> values = new LinkedHashMap<>();
    private final Map<String, String> origins = new LinkedHashMap<>();

    /**
     * Creates an empty list.
     *
     * @param list such as {@code users}
     * @param kind the field with the value of an entry, such as {@code user}
     */
    Entries(String list, String kind) {
        this.list = list;
        this.kind = kind;
    }

    /** Adds the entries of another kubeconfig. */
    void add(JsonNode root, String origin) {
        JsonNode entries = root.path(list);
        if (entries.isMissingNode() || entries.isNull()) {
            return;
        }
        if (!entries.isArray() || entries.size() > MAX_ENTRIES) {
            throw new KubeconfigException(
                    list + " in " + origin + " must be a list of at most " + MAX_ENTRIES + " entries");
        }
        for (JsonNode entry : entries) {
            Fields fields = Fields.of(entry, "an entry of " + list, origin);
            String name = name(fields, origin);
            fields.refuseOthers(List.of("name", kind));
            String other = origins.putIfAbsent(name, origin);
            if (other != null) {
                String where = other.equals(origin) ? origin + " has" : other + " and " + origin + " together have";
                throw new KubeconfigException(
                        where + " two " + list + " \"" + KubeconfigNames.shorten(name) + "\": remove one");
            }
            values.put(name, entry.path(kind));
        }
    }

    private String name(Fields fields, String origin) {
        Optional<String> name = fields.name("name", "the name of an entry of " + list + " in " + origin);
        return name.filter(text -> !text.isBlank())
                .orElseThrow(() -> new KubeconfigException(
                        origin + " has an entry of " + list + " without a name: give it one, or remove it"));
    }

    /** Returns the entry of a name; empty if there is none. */
    Optional<Fields> find(String name) {
        return Optional.ofNullable(values.get(name))
                .map(value -> Fields.of(
                        value,
                        kind + " \"" + KubeconfigNames.shorten(name) + "\"",
                        Objects.requireNonNull(origins.get(name))));
    }

    /** The names of the entries, for messages. */
    String names() {
        return values.isEmpty()
                ? "none"
                : String.join(
                        ", ",
                        values.keySet().stream()
                                .map(KubeconfigNames::shorten)
                                .limit(MAX_SHOWN_NAMES)
                                .toList());
    }
}

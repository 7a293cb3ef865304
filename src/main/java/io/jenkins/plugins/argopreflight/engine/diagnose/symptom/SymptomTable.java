package io.jenkins.plugins.argopreflight.engine.diagnose.symptom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.jenkins.plugins.argopreflight.engine.diagnose.Next;
import io.jenkins.plugins.argopreflight.engine.model.fix.FixNote;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The table of problems that are recognised by a text or a state. It also has the texts of consequences and of intended
 * waits.
 */
public final class SymptomTable {

    private static final YAMLMapper YAML = new YAMLMapper();
    /** The files of the table, in the order in which they are tried: the first entry that matches a text is used. */
    private static final List<String> TOPICS = List.of(
            "image",
            "look-up",
            "admission",
            "start",
            "scheduling",
            "volume",
            "rights",
            "artifact",
            "end",
            "pod",
            "http",
            "workflow",
            "state",
            "log");

    /** The fields of a note; {@code or} and {@code orIf} make the fix an alternative to the fix before it. */
    private static final Map<String, Function<String, FixNote>> NOTES =
            Map.of("note", FixNote::of, "or", FixNote::or, "orIf", FixNote::orIf);

    private static final SymptomTable TABLE = read();

    private final List<Topic> topics;
    private final List<Pattern> consequences;
    private final List<Wait> waits;
    private final Set<String> transientChecks;
    private final Set<String> permanentChecks;

    /** A group of entries. */
    public record Topic(String name, String title, List<Entry> entries) {}

    /** A text of a node or workflow that waits as intended. */
    record Wait(Pattern message, String reason) {}

    /** An entry that matches a text, and the values in the text. */
    public record Match(Entry entry, Map<String, String> values) {}

    private SymptomTable(
            List<Topic> topics,
            List<Pattern> consequences,
            List<Wait> waits,
            Set<String> transientChecks,
            Set<String> permanentChecks) {
        this.permanentChecks = Set.copyOf(permanentChecks);
        this.topics = List.copyOf(topics);
        this.consequences = List.copyOf(consequences);
        this.waits = List.copyOf(waits);
        this.transientChecks = Set.copyOf(transientChecks);
    }

    public static SymptomTable get() {
        return TABLE;
    }

    public List<Topic> topics() {
        return topics;
    }

    /** Returns the first entry that matches the text. */
    public Optional<Match> match(TextOrigin origin, String text) {
        for (Topic topic : topics) {
            for (Entry entry : topic.entries()) {
                Optional<Map<String, String>> values = entry.match(origin, text);
                if (values.isPresent()) {
                    return Optional.of(new Match(entry, values.get()));
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Returns an entry by its id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Entry entry(String id) {
        return topics.stream()
                .flatMap(topic -> topic.entries().stream())
                .filter(entry -> entry.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no entry " + id));
    }

    /** Returns whether the message of a node or workflow only reports that another node or pod failed. */
    public boolean isConsequence(String text) {
        return consequences.stream().anyMatch(pattern -> pattern.match(text).isPresent());
    }

    /** Returns the reason for which a node or workflow with this message waits as intended; empty if it does not. */
    public Optional<String> waitReason(String text) {
        return waits.stream()
                .flatMap(wait -> wait.message().match(text).map(values -> Values.fill(wait.reason(), values)).stream())
                .findFirst();
    }

    /** Returns whether the problem of a finding of the check ends without a change. */
    public boolean isTransient(String check, String cause) {
        return contains(transientChecks, check, cause);
    }

    /**
     * Returns whether the problem that a FAIL of the check reports lasts until it is fixed. This also applies to a
     * text whose entry is not permanent.
     */
    public boolean isPermanent(String check, String cause) {
        return contains(permanentChecks, check, cause);
    }

    private static boolean contains(Set<String> checks, String check, String cause) {
        return checks.contains(check) || checks.contains(check + "/" + cause);
    }

    /** Returns whether the check reports reasons for which the API server refuses to create a pod. */
    public boolean isOfAdmission(String check) {
        return topics.stream()
                .filter(topic -> topic.name().equals("admission"))
                .flatMap(topic -> topic.entries().stream())
                .flatMap(entry -> entry.checks().stream())
                .anyMatch(each -> each.equals(check) || each.startsWith(check + "/"));
    }

    private static SymptomTable read() {
        List<Topic> topics = new ArrayList<>();
        for (String name : TOPICS) {
            JsonNode file = read(name);
            List<Entry> entries = new ArrayList<>();
            List<String> checks = texts(file.path("checks"));
            file.path("entries").forEach(entry -> entries.add(entry(entry, checks)));
            topics.add(new Topic(name, Json.text(file, "title"), List.copyOf(entries)));
        }
        JsonNode other = read("other");
        List<Wait> waits = new ArrayList<>();
        other.path("waits")
                .properties()
                .forEach(each -> waits.add(
                        new Wait(new Pattern(each.getKey()), each.getValue().asText())));
        return new SymptomTable(
                topics,
                patterns(other.path("consequences")),
                waits,
                Set.copyOf(texts(other.path("transient-checks"))),
                Set.copyOf(texts(other.path("permanent-checks"))));
    }

    private static JsonNode read(String name) {
        try (InputStream in = SymptomTable.class.getResourceAsStream(name + ".yaml")) {
            return YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(name + ".yaml", e);
        }
    }

    /** Reads the note of a fix: a text, or exactly one of the fields in {@link #NOTES}. */
    private static FixNote note(JsonNode fix) {
        if (fix.isTextual()) {
            return FixNote.of(fix.asText());
        }
        List<FixNote> notes = NOTES.entrySet().stream()
                .filter(field -> fix.has(field.getKey()))
                .map(field -> field.getValue().apply(Json.text(fix, field.getKey())))
                .toList();
        if (notes.size() != 1) {
            throw new IllegalStateException("a fix of the symptom table needs exactly one of note, or, orIf: " + fix);
        }
        return notes.get(0);
    }

    /**
     * Reads an entry.
     *
     * @param topicChecks the checks that explain each entry of the topic, after the entry's own
     */
    private static Entry entry(JsonNode entry, List<String> topicChecks) {
        Set<TextOrigin> places = EnumSet.noneOf(TextOrigin.class);
        texts(entry.path("in")).forEach(place -> places.add(TextOrigin.valueOf(constant(place))));
        List<FixTemplate> fixes = new ArrayList<>();
        entry.path("fix").forEach(fix -> fixes.add(new FixTemplate(note(fix), texts(fix.path("run")))));
        return new Entry(
                Json.text(entry, "id"),
                oneOrMore(entry.path("title")),
                places,
                patterns(entry.path("messages")),
                checks(entry, topicChecks),
                entry.path("permanent").isBoolean()
                        ? Optional.of(entry.path("permanent").asBoolean())
                        : Optional.empty(),
                Optional.of(Json.text(entry, "next"))
                        .filter(next -> !next.isEmpty())
                        .map(next -> Next.valueOf(constant(next))),
                Json.strings(entry.path("subject")),
                oneOrMore(entry.path("detail")),
                List.copyOf(fixes),
                new Entry.Page(
                        Json.text(entry, "versions"),
                        texts(entry.path("causes")),
                        Json.text(entry, "distinguish"),
                        texts(entry.path("sources"))));
    }

    /**
     * Returns the checks that explain an entry: its own in their order, then the check of the same name, then those of
     * its topic. An entry with {@code only} has its own checks only.
     */
    private static List<String> checks(JsonNode entry, List<String> topicChecks) {
        String id = Json.text(entry, "id");
        if (entry.path("only").asBoolean()) {
            return texts(entry.path("checks"));
        }
        return Stream.of(
                        texts(entry.path("checks")).stream(),
                        topicChecks.stream().filter(id::equals),
                        topicChecks.stream())
                .flatMap(each -> each)
                .distinct()
                .toList();
    }

    private static List<Pattern> patterns(JsonNode list) {
        return texts(list).stream().map(Pattern::new).toList();
    }

    private static List<String> oneOrMore(JsonNode one) {
        return one.isTextual() ? List.of(one.asText()) : texts(one);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return List.copyOf(texts);
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}

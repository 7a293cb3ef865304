package io.jenkins.plugins.argopreflight.engine.collect;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which resource a kind is: Kubernetes' and Argo's own, the cluster's CustomResourceDefinitions, else a guess. */
final class Kinds {

    /** Begins the doubt of a guess. */
    static final String GUESSED = " (no definition of this kind was seen";

    private static final List<Found> WELL_KNOWN = wellKnown();

    private final List<Found> all;

    /**
     * A kind's resource.
     *
     * @param words by which kubectl knows it: plural, singular, short names
     * @param doubt "" when it is certain, else words for the reader
     */
    record Found(String group, String kind, String plural, boolean namespaced, List<String> words, String doubt) {}

    private Kinds(List<Found> all) {
        this.all = all;
    }

    /** @param definitions the cluster's CustomResourceDefinitions, as far as they are known */
    static Kinds of(List<ObjectNode> definitions) {
        List<Found> all = new ArrayList<>(WELL_KNOWN);
        definitions.forEach(definition -> all.add(found(definition.path("spec"))));
        return new Kinds(all);
    }

    Found byKind(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return all.stream()
                .filter(each -> each.kind().equals(kind) && each.group().equals(group))
                .findFirst()
                .orElseGet(() -> guess(group, kind, plural(kind.toLowerCase(Locale.ROOT))));
    }

    /** By what kubectl takes on its command line: {@code deploy}, {@code jobs.batch}, {@code Pod}. */
    Found byWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        String name = dot < 0 ? lower : lower.substring(0, dot);
        String group = dot < 0 ? "" : lower.substring(dot + 1).replaceFirst("^v\\d\\w*\\.", "");
        return all.stream()
                .filter(each -> each.words().contains(name) || each.kind().equalsIgnoreCase(name))
                .filter(each -> dot < 0 || each.group().equals(group))
                .findFirst()
                .orElseGet(() -> guess(group, word, name.endsWith("s") ? name : plural(name)));
    }

    private static Found guess(String group, String kind, String plural) {
        return new Found(
                group, kind, plural, true, List.of(), GUESSED + ": taken as resource " + plural + " in a namespace)");
    }

    /** English plurals as Argo itself guesses them. */
    static String plural(String singular) {
        if (singular.matches(".*(s|x|z|ch|sh)")) {
            return singular + "es";
        }
        if (singular.matches(".*[^aeiou]y")) {
            return singular.substring(0, singular.length() - 1) + "ies";
        }
        return singular.replaceFirst("fe?$", "ve") + "s";
    }

    private static Found found(JsonNode definition) {
        JsonNode names = definition.path("names");
        List<String> words = new ArrayList<>();
        words.add(names.path("plural").asText());
        words.add(names.path("singular").asText());
        names.path("shortNames").forEach(name -> words.add(name.asText()));
        return new Found(
                definition.path("group").asText(),
                names.path("kind").asText(),
                names.path("plural").asText(),
                definition.path("scope").asText().equals("Namespaced"),
                words,
                "");
    }

    private static List<Found> wellKnown() {
        try (InputStream in = Kinds.class.getResourceAsStream("kinds.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(Kinds::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("kinds.txt", e);
        }
    }

    private static Found line(String line) {
        String[] fields = line.strip().split("\\s+");
        List<String> words = Stream.concat(
                        Stream.of(fields[2]), Stream.of(fields).skip(4).flatMap(each -> Stream.of(each.split(","))))
                .toList();
        String group = fields[0].equals("-") ? "" : fields[0];
        return new Found(group, fields[1], fields[2], fields[3].equals("namespaced"), words, "");
    }
}

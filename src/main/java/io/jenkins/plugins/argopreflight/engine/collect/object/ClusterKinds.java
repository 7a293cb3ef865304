package io.jenkins.plugins.argopreflight.engine.collect.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.kube.Resource;
import io.jenkins.plugins.argopreflight.engine.manifest.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which resource a kind is: Kubernetes' and Argo's own, the cluster's CustomResourceDefinitions, else a guess. */
public final class ClusterKinds {

    /** Begins the doubt of a guess. */
    public static final String GUESSED = " (no definition of this kind was seen";

    private static final Resource DEFINITIONS =
            new Resource("apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition", false);

    private static final List<Found> WELL_KNOWN = wellKnown();

    private final List<Found> all;

    /**
     * A kind's resource.
     *
     * @param description by which kubectl knows it: plural, singular, short names
     * @param doubt "" when it is certain, else description for the reader
     */
    public record Found(
            String group, String kind, String plural, boolean namespaced, List<String> description, String doubt) {}

    private ClusterKinds(List<Found> all) {
        this.all = all;
    }

    /** @param definitions the cluster's CustomResourceDefinitions, as far as they are known */
    public static ClusterKinds of(List<ObjectNode> definitions) {
        List<Found> all = new ArrayList<>(WELL_KNOWN);
        definitions.forEach(definition -> all.add(found(definition.path("spec"))));
        return new ClusterKinds(all);
    }

    /** With those that the cluster defines. */
    public static Fact<ClusterKinds> read(ClusterReader reader) {
        return reader.all(DEFINITIONS, "")
                .map(found -> of(found.stream().map(Document::root).toList()));
    }

    public Found byKind(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return all.stream()
                .filter(each -> each.kind().equals(kind) && each.group().equals(group))
                .findFirst()
                .orElseGet(() -> guess(group, kind, plural(kind.toLowerCase(Locale.ROOT))));
    }

    /** By what kubectl takes on its command line: {@code deploy}, {@code jobs.batch}, {@code Pod}. */
    public Found byWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        String name = dot < 0 ? lower : lower.substring(0, dot);
        String group = dot < 0 ? "" : lower.substring(dot + 1).replaceFirst("^v\\d\\w*\\.", "");
        return all.stream()
                .filter(each -> each.description().contains(name) || each.kind().equalsIgnoreCase(name))
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
        List<String> description = new ArrayList<>();
        description.add(names.path("plural").asText(""));
        description.add(names.path("singular").asText(""));
        names.path("shortNames").forEach(name -> description.add(name.asText("")));
        return new Found(
                definition.path("group").asText(""),
                names.path("kind").asText(""),
                names.path("plural").asText(""),
                definition.path("scope").asText("").equals("Namespaced"),
                description,
                "");
    }

    private static List<Found> wellKnown() {
        try (InputStream in = ClusterKinds.class.getResourceAsStream("kinds.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(ClusterKinds::line)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("kinds.txt", e);
        }
    }

    private static Found line(String line) {
        String[] fields = line.strip().split("\\s+");
        List<String> description = Stream.concat(
                        Stream.of(fields[2]), Stream.of(fields).skip(4).flatMap(each -> Stream.of(each.split(","))))
                .toList();
        String group = fields[0].equals("-") ? "" : fields[0];
        return new Found(group, fields[1], fields[2], fields[3].equals("namespaced"), description, "");
    }
}

package io.jenkins.plugins.argopreflight.engine.facts.object;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The resources of kinds: those of Kubernetes and Argo, those of the cluster's CustomResourceDefinitions, else a guess.
 */
public final class ClusterKinds {

    private static final Resource DEFINITIONS = Resource.clusterScoped(
            "apiextensions.k8s.io", "v1", "customresourcedefinitions", "CustomResourceDefinition");

    private static final List<Found> BUILT_IN = builtIn();

    private final List<Found> all;

    /**
     * The resource of a kind.
     *
     * @param names the names by which kubectl knows the resource: plural, singular and short names
     * @param doubt the reason why the resource is not certain, as text for the reader; {@code ""} if it is certain
     */
    public record Found(
            String group, String kind, String plural, boolean namespaced, List<String> names, String doubt) {}

    private ClusterKinds(List<Found> all) {
        this.all = all;
    }

    /** Creates an instance that knows these CustomResourceDefinitions of the cluster. */
    public static ClusterKinds of(List<ObjectNode> definitions) {
        List<Found> all = new ArrayList<>(BUILT_IN);
        definitions.forEach(definition -> all.add(definedKind(definition.path("spec"))));
        return new ClusterKinds(all);
    }

    /** Reads the CustomResourceDefinitions of the cluster. */
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

    /**
     * Returns the resource for a name that kubectl accepts on its command line: {@code deploy}, {@code jobs.batch},
     * {@code Pod}.
     */
    public Found byWord(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        String name = dot < 0 ? lower : lower.substring(0, dot);
        String group = dot < 0 ? "" : lower.substring(dot + 1).replaceFirst("^v\\d\\w*\\.", "");
        return all.stream()
                .filter(each -> each.names().contains(name) || each.kind().equalsIgnoreCase(name))
                .filter(each -> dot < 0 || each.group().equals(group))
                .findFirst()
                .orElseGet(() -> guess(group, word, name.endsWith("s") ? name : plural(name)));
    }

    private static Found guess(String group, String kind, String plural) {
        return new Found(
                group,
                kind,
                plural,
                /* namespaced= */ true,
                List.of(),
                " (no definition of this kind was seen: taken as resource " + plural + " in a namespace)");
    }

    /** Returns the English plural by the rules with which Argo guesses it. */
    static String plural(String singular) {
        if (singular.matches(".*(s|x|z|ch|sh)")) {
            return singular + "es";
        }
        if (singular.matches(".*[^aeiou]y")) {
            return singular.substring(0, singular.length() - 1) + "ies";
        }
        return singular.replaceFirst("fe?$", "ve") + "s";
    }

    private static Found definedKind(JsonNode definition) {
        JsonNode names = definition.path("names");
        List<String> description = new ArrayList<>();
        description.add(Json.text(names, "plural"));
        description.add(Json.text(names, "singular"));
        names.path("shortNames").forEach(name -> description.add(Json.text(name)));
        return new Found(
                Json.text(definition, "group"),
                Json.text(names, "kind"),
                Json.text(names, "plural"),
                Json.text(definition, "scope").equals("Namespaced"),
                description,
                "");
    }

    private static List<Found> builtIn() {
        try (InputStream in = ClusterKinds.class.getResourceAsStream("kinds.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#") && !line.isBlank())
                    .map(ClusterKinds::parseLine)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("kinds.txt", e);
        }
    }

    /**
     * Reads a line {@code GROUP KIND PLURAL SCOPE NAMES}. The group - is the core group; names are separated by commas.
     */
    private static Found parseLine(String line) {
        String[] fields = line.strip().split("\\s+");
        List<String> description = Stream.concat(
                        Stream.of(fields[2]), Stream.of(fields).skip(4).flatMap(each -> Stream.of(each.split(","))))
                .toList();
        String group = fields[0].equals("-") ? "" : fields[0];
        return new Found(group, fields[1], fields[2], fields[3].equals("namespaced"), description, "");
    }
}

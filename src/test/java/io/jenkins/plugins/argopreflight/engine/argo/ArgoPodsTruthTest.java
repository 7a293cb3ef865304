package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoPod;
import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.argo.model.Controller;
import io.jenkins.plugins.argopreflight.engine.argo.model.ControllerFlags;
import io.jenkins.plugins.argopreflight.engine.argo.model.PodRequest;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Txtar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The pods that a real controller (4.0.5) created, against ours. {@code records} has a file for each workflow, with the
 * pods under each configuration, such as {@code a.json}.
 */
@ExtendWith(InRun.class)
class ArgoPodsTruthTest {

    private static final Path ROOT = Path.of(System.getProperty("argopreflight.root", "."));
    private static final Path RECORDS = ROOT.resolve("src/test/resources/pods");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void shouldMakeThePodsThatArgoMade(String config) throws IOException {
        Map<String, String> exceptions = exceptions();
        List<String> failures = new ArrayList<>();
        int matched = 0;
        int total = 0;
        int skipped = 0;
        FixedObjects objects = objects();
        Controller controller = controller(config);
        for (Path archive : sorted(RECORDS.resolve("records"))) {
            String text = Txtar.read(archive).files().get(config + ".json");
            if (text == null) {
                continue;
            }
            JsonNode record = JSON.readTree(text);
            Path input = input(record.path("input").asText());
            if (input == null) {
                skipped++;
                continue;
            }
            List<String> differences = differences(record, input, config, objects, controller);
            if (differences == null) {
                skipped++;
                continue;
            }
            total++;
            String name = config + "/" + archive.getFileName().toString().replace(".txtar", "");
            if (differences.isEmpty()) {
                matched++;
                if (exceptions.containsKey(name)) {
                    failures.add(name + " matches: take it out of exceptions.txt");
                }
            } else if (!exceptions.containsKey(name)) {
                failures.add(name + ":\n    " + String.join("\n    ", differences));
            }
        }
        System.out.println(
                "Pods of configuration " + config + ": " + matched + " of " + total + " records match"
                        + (skipped == 0
                                ? ""
                                : "; SKIPPED " + skipped
                                        + " of which the workflow, or a template that it refers to, is not among Argo's examples"));
        assertThat(failures).as("records that differ").isEmpty();
    }

    static List<String> differences(
            JsonNode record, Path input, String config, FixedObjects objects, Controller controller)
            throws IOException {
        Document document = document(input, record.path("document").asInt());
        PodRequest request = new PodRequest(
                document,
                record.path("namespace").asText("pods-" + config),
                record.path("workflow").asText(),
                objects,
                controller);
        ArgoPods made = ArgoPods.of(request);
        if (made.problems().stream()
                .anyMatch(problem -> problem.text().matches("(Cluster)?WorkflowTemplate .* not found"))) {
            return null;
        }
        List<String> differences = new ArrayList<>();
        List<ArgoPod> missed = new ArrayList<>(made.pods());
        made.pods()
                .forEach(pod -> pod.unresolved().stream()
                        .filter(each -> each.reason().startsWith("nothing"))
                        // Argo 3.6 leaves some of them in the text, too.
                        .filter(each -> !record.path("pods").toString().contains("{{" + each.variable() + "}}"))
                        .forEach(each -> differences.add("not resolved: " + each)));
        for (JsonNode stored : record.path("pods")) {
            List<String> best = null;
            for (ArgoPod ours : made.pods()) {
                if (sameNode(ours, stored)) {
                    missed.remove(ours);
                    List<String> each = PodComparison.differences(ours, stored);
                    best = best == null || each.size() < best.size() ? each : best;
                }
            }
            String name = stored.path("name").asText();
            if (best == null) {
                differences.add("Argo made " + name + " (" + node(stored) + "), we did not " + made.problems());
            } else {
                best.forEach(each -> differences.add(name + " " + each));
            }
        }
        if (record.path("complete").asBoolean()) {
            for (ArgoPod pod : missed) {
                if (pod.conditions().isEmpty() && !pod.isCountOpen() && pod.kind() != ArgoPod.Kind.ARTIFACT_GC) {
                    differences.add("we made " + pod.nodeNames() + ", Argo did not");
                }
            }
        }
        return differences;
    }

    private static String node(JsonNode stored) {
        return stored.path("annotations")
                .path("workflows.argoproj.io/node-name")
                .asText();
    }

    private static boolean sameNode(ArgoPod ours, JsonNode stored) {
        String node = node(stored);
        String component =
                stored.path("labels").path("workflows.argoproj.io/component").asText();
        if (!component.isEmpty()) {
            return component.equals(ours.pod()
                    .path("metadata")
                    .path("labels")
                    .path("workflows.argoproj.io/component")
                    .asText());
        }
        return ours.kind() == ArgoPod.Kind.WORKLOAD && ours.nodeNames().stream().anyMatch(name -> same(name, node));
    }

    /** Loops over unknown items are {@code (*)}, later attempts have the pod of the first. */
    private static boolean same(String ours, String node) {
        return ours.equals(node)
                || ours.contains("(*)") && PodComparison.matches(ours.replace("(*)", "({{item}})"), node);
    }

    static Document document(Path file, int number) throws IOException {
        int at = 0;
        for (Document document : new ManifestReader().read(file)) {
            if (document.kind().matches("Workflow|CronWorkflow")) {
                at++;
                if (at == number) {
                    return document;
                }
            }
        }
        throw new IOException("no workflow " + number + " in " + file);
    }

    /** The file that a record was made from; null when it is one of Argo's examples and they are absent. */
    private static Path input(String input) {
        if (input.startsWith("own/")) {
            return RECORDS.resolve(input);
        }
        String name = input.substring("examples/".length());
        Path examples = examples();
        return examples == null ? null : examples.resolve(name);
    }

    static Path examples() {
        String folder = System.getenv("ARGO_EXAMPLES");
        Path examples = folder == null || folder.isEmpty()
                ? ROOT.toAbsolutePath()
                        .normalize()
                        .resolve("../shared/truth/pods/examples")
                        .normalize()
                : Path.of(folder);
        return Files.isDirectory(examples) ? examples : null;
    }

    static Controller controller(String config) throws IOException {
        return controller(config, "v4.0.5", "argo");
    }

    static Controller controller(String config, String version, String namespace) throws IOException {
        Document map = new ManifestReader()
                .read(RECORDS.resolve("configs/" + config + ".yaml"))
                .get(0);
        return Controller.of(
                map,
                ControllerFlags.defaults(namespace),
                ArgoVersion.parse(version).orElseThrow(),
                List.of());
    }

    static FixedObjects objects() throws IOException {
        FixedObjects objects = new FixedObjects();
        ManifestReader reader = new ManifestReader();
        Path examples = examples();
        if (examples != null) {
            for (Path file : sorted(examples)) {
                if (file.toString().matches(".*\\.ya?ml")) {
                    objects.add(reader.read(file));
                }
            }
        }
        objects.add(reader.read(RECORDS.resolve("support-objects.yaml")));
        return objects.add(reader.read(RECORDS.resolve("support-templates.yaml")));
    }

    private static List<Path> sorted(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(Path::toString))
                    .toList();
        }
    }

    static Map<String, String> exceptions() throws IOException {
        Map<String, String> exceptions = new LinkedHashMap<>();
        for (String line : Files.readAllLines(RECORDS.resolve("exceptions.txt"))) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] parts = line.split("\\s+", 2);
                exceptions.put(parts[0], parts[1]);
            }
        }
        return exceptions;
    }
}

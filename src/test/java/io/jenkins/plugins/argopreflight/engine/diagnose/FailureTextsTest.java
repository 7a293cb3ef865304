package io.jenkins.plugins.argopreflight.engine.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.diagnose.explain.Diagnose;
import io.jenkins.plugins.argopreflight.engine.diagnose.symptom.SymptomTable;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.offline.admission.LocalAdmission;
import io.jenkins.plugins.argopreflight.offline.snapshot.SnapshotGateway;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.NoRegistry;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * The texts of {@code diagnose/texts.txt}, each in its place in a workflow: the first cause has the check, the
 * permanence and the next step of its line. The rows are those of the list of failures of Argo's issues.
 */
@ExtendWith(InRun.class)
class FailureTextsTest {

    private static final Path DIAGNOSE = ProjectRoot.path().resolve("src/test/resources/diagnose");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final String CREATED = "2026-11-26T11:30:00Z";
    private static final int ROWS = 35;

    @TempDir
    private Path folder;

    /**
     * A line of the file.
     *
     * @param row the row in the list of failures; 0 for the list's grammar of messages
     * @param place the place of the text, such as {@code node Error}: the object, with its phase, state or event
     * @param cause check, permanence and next step
     * @param seen the versions of Kubernetes and Argo of the cluster that wrote the text; "-" where it is quoted
     */
    record Line(int row, String place, String cause, String seen, String text) {

        static Line of(String line) {
            String[] parts = line.split(" \\| ", 5);
            return new Line(
                    Integer.parseInt(parts[0].strip()),
                    parts[1].strip(),
                    parts[2].strip(),
                    parts[3].strip(),
                    parts[4].replace("\\n", "\n"));
        }
    }

    private static List<String> file() throws IOException {
        return Files.readAllLines(DIAGNOSE.resolve("texts.txt"));
    }

    private static List<Line> lines() throws IOException {
        return file().stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(Line::of)
                .toList();
    }

    @Test
    void shouldNameTheCauseOfEachText() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (Line line : lines()) {
            String found = diagnose(line).causes().stream()
                    .findFirst()
                    .map(FailureTextsTest::brief)
                    .orElse("none");
            if (!found.equals(line.cause())) {
                wrong.add(line.row() + " | " + line.place() + " | " + found + " | " + line.text());
            }
        }
        assertThat(wrong).isEmpty();
    }

    /** A value that the text does not have leaves its name in capitals. */
    @Test
    void shouldLeaveNoPlaceholder() throws IOException {
        Pattern names = Pattern.compile(SymptomTable.get().topics().stream()
                .flatMap(topic -> topic.entries().stream())
                .flatMap(entry -> Stream.concat(
                        Stream.of(entry.title(), entry.detail(), entry.subject().toString()),
                        entry.fixes().stream().map(Object::toString)))
                .flatMap(text -> Pattern.compile("\\{(?:[A-Za-z]+\\??:)?([a-z-]+)}")
                        .matcher(text)
                        .results())
                .map(name -> name.group(1).toUpperCase(Locale.ROOT))
                .distinct()
                .collect(Collectors.joining("|", "\\b(", ")\\b")));
        List<String> wrong = new ArrayList<>();
        for (Line line : lines()) {
            for (Cause cause : diagnose(line).causes()) {
                String words = String.join(
                                "\n",
                                cause.title(),
                                cause.detail(),
                                cause.subject().toString())
                        + cause.remediation();
                Matcher name = names.matcher(words);
                if (name.find() && !line.text().contains(name.group())) {
                    wrong.add(cause.check() + ": " + name.group() + " in " + words + " of " + line.text());
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    /**
     * Each row was seen in a text, or in a story or state that was recorded on a cluster. A row that one cluster cannot
     * show has its reason.
     */
    @Test
    void shouldHaveSeenEachRowOnACluster() throws IOException {
        Set<Integer> rows = new TreeSet<>();
        lines().stream()
                .filter(line -> !line.seen().equals("-") && line.row() > 0 && line.row() <= ROWS)
                .forEach(line -> rows.add(line.row()));
        for (String[] recorded : comments("# seen: ")) {
            assertThat(DIAGNOSE.resolve(recorded[1].startsWith("stories/") ? ".." : "")
                            .resolve(recorded[1]))
                    .exists();
            rows.add(Integer.valueOf(recorded[0]));
        }
        for (String[] unseen : comments("# not seen: ")) {
            assertThat(rows.add(Integer.valueOf(unseen[0])))
                    .as(unseen[0] + " was seen")
                    .isTrue();
        }
        assertThat(rows)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, ROWS).boxed().toList());
    }

    private static List<String[]> comments(String begin) throws IOException {
        return file().stream()
                .filter(line -> line.startsWith(begin))
                .map(line -> line.substring(begin.length()).split(": ", 2))
                .toList();
    }

    private static String brief(Cause cause) {
        return cause.check() + ", " + (cause.permanent() ? "permanent" : "transient") + ", "
                + cause.next().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private Diagnosis diagnose(Line line) throws IOException {
        String objects = new Scene(line)
                .objects().stream().map(Object::toString).collect(Collectors.joining("\n---\n", "", "\n"));
        Files.writeString(folder.resolve("objects.yaml"), objects);
        Files.writeString(
                folder.resolve("controller.log"), line.place().startsWith("controller ") ? line.text() + "\n" : "");
        return Remediation.inShell(
                new Diagnose(SnapshotGateway.open(folder, new LocalAdmission(Optional.empty())), new NoRegistry(), 4)
                        .run(new DiagnoseRequest(
                                "ci", "build", "", "argo", LogSource.read("--logs"), List.of(), Optional.of(NOON))));
    }

    /** A workflow with one node, and with a pod or an event where the text is from there. */
    private static final class Scene {

        private static final String DEADLINE = "Pod was active on the node longer than the specified deadline";

        private final Line line;
        private final List<ObjectNode> objects = new ArrayList<>();

        Scene(Line line) {
            this.line = line;
        }

        List<ObjectNode> objects() {
            String[] place = line.place().split(" ");
            switch (place[0]) {
                case "workflow" -> workflow(place[1], line.text(), Optional.empty(), "");
                case "node" ->
                    workflow(place[1].equals("Pending") ? "Running" : place[1], "", Optional.of(place[1]), line.text());
                case "pod" -> {
                    workflow("Failed", "", Optional.of("Failed"), message());
                    ObjectNode status = pod("Failed");
                    status.put("reason", reason()).put("message", message());
                }
                case "deadline" -> {
                    workflow("Failed", "", Optional.of("Failed"), DEADLINE);
                    ObjectNode status =
                            pod("Failed").put("reason", "DeadlineExceeded").put("message", DEADLINE);
                    ObjectNode main = status.putArray("containerStatuses").addObject();
                    main.put("name", "main").put("image", "r.example.com/a:1");
                    main.withObject("/state/terminated")
                            .put("reason", "ContainerStatusUnknown")
                            .put("exitCode", 137);
                    event(place[1]);
                }
                case "gone" -> {
                    workflow("Failed", "", Optional.of("Failed"), "Step exceeded its deadline");
                    event(place[1]);
                }
                case "controller" -> {
                    workflow("Running", "", Optional.empty(), "");
                    if (place[1].equals("start")) {
                        objects.get(0).remove("status");
                    }
                }
                case "http" -> {
                    workflow("Failed", "", Optional.of("Failed"), line.text());
                    ((ObjectNode) objects.get(0).path("status").path("nodes").path("build")).put("type", "HTTP");
                }
                case "event" -> {
                    workflow("Running", "", Optional.of("Pending"), "");
                    pod("Pending");
                    event(place[1]);
                }
                default -> container(place[0], place[1]);
            }
            return objects;
        }

        /** {@code REASON: MESSAGE}, or {@code REASON (exit code N): MESSAGE}. */
        private String reason() {
            int colon = line.text().indexOf(": ");
            return colon < 0 ? line.text() : line.text().substring(0, colon);
        }

        private String message() {
            int colon = line.text().indexOf(": ");
            return colon < 0 ? "" : line.text().substring(colon + 2);
        }

        private void container(String name, String state) {
            boolean waits = state.equals("waiting");
            if (name.equals("pending")) {
                workflow("Running", "", Optional.of("Pending"), "Unschedulable: " + line.text());
                pod("Pending")
                        .putArray("conditions")
                        .addObject()
                        .put("type", "PodScheduled")
                        .put("status", "False")
                        .put("reason", "Unschedulable")
                        .put("message", line.text());
                ((ObjectNode) objects.get(1).path("spec")).remove("nodeName");
                return;
            }
            workflow(
                    waits ? "Running" : "Failed",
                    "",
                    Optional.of(waits ? "Pending" : "Failed"),
                    waits ? "PodInitializing" : name + ": " + line.text());
            ObjectNode status = pod(waits ? "Pending" : "Failed");
            ObjectNode container = status.putArray(name.equals("init") ? "initContainerStatuses" : "containerStatuses")
                    .addObject();
            container.put("name", name).put("image", "registry.example.com/team/image:v1");
            if (waits) {
                container.withObject("/state/waiting").put("reason", reason()).put("message", message());
            } else {
                String reason = reason();
                int code = reason.indexOf(" (exit code ");
                container
                        .withObject("/state/terminated")
                        .put("reason", reason.substring(0, code))
                        .put("exitCode", Integer.parseInt(reason.replaceAll("\\D+", "")))
                        .put("message", message())
                        .put("finishedAt", CREATED);
            }
        }

        private ObjectNode object(String apiVersion, String kind, String name) {
            ObjectNode object = JSON.createObjectNode();
            object.put("apiVersion", apiVersion).put("kind", kind);
            object.putObject("metadata")
                    .put("name", name)
                    .put("namespace", "ci")
                    .put("uid", "u-" + kind)
                    .put("creationTimestamp", CREATED);
            objects.add(object);
            return object;
        }

        private void workflow(String phase, String message, Optional<String> nodePhase, String nodeMessage) {
            ObjectNode workflow = object("argoproj.io/v1alpha1", "Workflow", "build");
            ObjectNode template = workflow.withObject("/spec")
                    .put("entrypoint", "main")
                    .putArray("templates")
                    .addObject();
            template.put("name", "main")
                    .putObject("container")
                    .put("image", "registry.example.com/team/image:v1")
                    .putArray("command")
                    .add("sh");
            ObjectNode status = workflow.putObject("status");
            status.put("phase", phase).put("message", message).put("startedAt", CREATED);
            nodePhase.ifPresent(each -> status.withObject("/nodes/build")
                    .put("id", "build")
                    .put("name", "build")
                    .put("displayName", "build")
                    .put("type", "Pod")
                    .put("phase", each)
                    .put("templateName", "main")
                    .put("startedAt", CREATED)
                    .put("message", nodeMessage));
        }

        private ObjectNode pod(String phase) {
            ObjectNode pod = object("v1", "Pod", "build");
            pod.withObject("/metadata/labels").put("workflows.argoproj.io/workflow", "build");
            pod.withObject("/metadata/annotations").put("workflows.argoproj.io/node-id", "build");
            pod.withObject("/spec").put("serviceAccountName", "build").put("nodeName", "node-1");
            return pod.withObject("/status").put("phase", phase);
        }

        private void event(String reason) {
            ObjectNode event = object("v1", "Event", "build.1");
            event.put("type", "Warning").put("reason", reason).put("message", line.text());
            event.put("count", 3).put("lastTimestamp", CREATED);
            event.withObject("/involvedObject")
                    .put("kind", "Pod")
                    .put("name", "build")
                    .put("namespace", "ci");
        }
    }
}

package io.jenkins.plugins.argopreflight.engine.argo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.ApiClient;
import io.jenkins.plugins.argopreflight.testing.server.ArgoModule;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealArgo;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The pods that real controllers of several versions make for our own workflows, against ours. */
@NeedsServers({Server.CLUSTER, Server.ARGO})
@ExtendWith(InRun.class)
class RealControllerTest {

    private static final Path RECORDS =
            Path.of(System.getProperty("argopreflight.root", "."), "src/test/resources/pods");
    /** First pods; what comes after them; and after those. */
    private static final int ROUNDS = 3;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> PATHS = Map.of(
            "ServiceAccount", "/api/v1/namespaces/%s/serviceaccounts",
            "Secret", "/api/v1/namespaces/%s/secrets",
            "ConfigMap", "/api/v1/namespaces/%s/configmaps",
            "PersistentVolumeClaim", "/api/v1/namespaces/%s/persistentvolumeclaims",
            "WorkflowTemplate", "/apis/argoproj.io/v1alpha1/namespaces/%s/workflowtemplates",
            "ClusterWorkflowTemplate", "/apis/argoproj.io/v1alpha1/clusterworkflowtemplates");

    private static final Map<Setup, Future<Compared>> RUNS = new LinkedHashMap<>();

    /** A version of the controller with one of the recorded configurations. */
    private record Setup(ArgoModule argo, String config) {

        List<String> folders() {
            return config.equals("d") ? List.of("plugins") : List.of("own", "live");
        }
    }

    /**
     * @param pods how many the controller made
     * @param later how many of them after those of the first round had ended
     */
    private record Compared(List<String> differences, int pods, int later) {}

    static List<Setup> setups() {
        boolean weekly = Boolean.parseBoolean(System.getenv(NeedsServers.WEEKLY));
        List<Setup> setups = new ArrayList<>(List.of(new Setup(ArgoModule.of("4.0"), "d")));
        ArgoModule.all().stream()
                .filter(argo -> weekly || !argo.isWeekly())
                .forEach(argo -> List.of("a", "b", "c").forEach(config -> setups.add(new Setup(argo, config))));
        return setups;
    }

    @BeforeAll
    static void start() throws IOException {
        // Each mostly waits for its controller.
        ExecutorService threads = Executors.newCachedThreadPool();
        for (Setup setup : setups()) {
            String namespace =
                    RealCluster.get().namespace("argo-" + setup.argo().line().replace('.', '-') + setup.config());
            prepare(namespace, setup.config());
            RUNS.put(setup, threads.submit(() -> compared(setup, namespace)));
        }
        threads.shutdown();
    }

    @ParameterizedTest
    @MethodSource("setups")
    void shouldMakeThePodsThatTheControllerMakes(Setup setup) throws InterruptedException, ExecutionException {
        Compared compared = RUNS.get(setup).get();
        assertThat(compared.differences()).isEmpty();
        if (setup.config().equals("d")) {
            assertThat(compared.pods()).as("pods that the controller made").isGreaterThan(2);
        } else {
            assertThat(compared.pods()).as("pods that the controller made").isGreaterThan(40);
            assertThat(compared.later()).as("pods after the first had ended").isGreaterThan(5);
        }
    }

    private static Compared compared(Setup setup, String namespace) throws IOException {
        try (Budget.Scope run = Budget.open(RunLimits.DEFAULT)) {
            return comparedInRun(setup, namespace);
        }
    }

    private static Compared comparedInRun(Setup setup, String namespace) throws IOException {
        List<String> differences = new ArrayList<>();
        Map<String, String> exceptions = ArgoPodsTruthTest.exceptions();
        int compared = 0;
        int later = 0;
        try (RealArgo argo = new RealArgo(setup.argo().controller(), namespace)) {
            List<ObjectNode> records = new ArrayList<>();
            Instant began = Instant.now();
            for (String folder : setup.folders()) {
                for (Path file : files(RECORDS.resolve(folder))) {
                    records.add(submit(argo, file, namespace));
                }
            }
            for (int round = 0; round < ROUNDS; round++) {
                argo.await(records.size());
                int before = pods(records);
                Map<String, List<JsonNode>> pods = argo.pods();
                records.forEach(
                        record -> pods.getOrDefault(record.path("workflow").asText(), List.of())
                                .forEach(pod -> add(record.withArray("pods"), pod, began)));
                argo.endPods();
                later += round == 0 ? 0 : pods(records) - before;
            }
            for (ObjectNode record : records) {
                String workflow = record.path("workflow").asText();
                if (exceptions.containsKey(setup.config() + "/" + workflow)) {
                    continue;
                }
                compared += record.path("pods").size();
                ArgoPodsTruthTest.differences(
                                record,
                                RECORDS.resolve(record.path("input").asText()),
                                setup.config(),
                                ArgoPodsTruthTest.objects(),
                                ArgoPodsTruthTest.controller(
                                        setup.config(), setup.argo().version(), namespace))
                        .forEach(difference -> differences.add(workflow + ": " + difference));
            }
        }
        return new Compared(differences, compared, later);
    }

    private static int pods(List<ObjectNode> records) {
        return records.stream().mapToInt(record -> record.path("pods").size()).sum();
    }

    private static ObjectNode submit(RealArgo argo, Path file, String namespace) throws IOException {
        Document document = ArgoPodsTruthTest.document(file, 1);
        String name = file.getFileName().toString().replace(".yaml", "");
        ObjectNode workflow = document.root().deepCopy();
        ObjectNode metadata = (ObjectNode) workflow.path("metadata");
        metadata.remove("generateName");
        metadata.put("name", name).put("namespace", namespace);
        argo.submit(workflow);
        ObjectNode record = JSON.createObjectNode();
        record.put("input", RECORDS.relativize(file).toString());
        record.put("document", 1).put("workflow", name).put("namespace", namespace);
        record.put("complete", false).putArray("pods");
        return record;
    }

    /** Adds a pod as the controller created it, and does not add it again when it has ended. */
    private static void add(ArrayNode pods, JsonNode pod, Instant began) {
        for (JsonNode known : pods) {
            if (known.path("name").equals(pod.path("metadata").path("name"))) {
                return;
            }
        }
        ObjectNode added = pods.addObject();
        for (String field : List.of("name", "labels", "annotations")) {
            added.set(field, pod.path("metadata").path(field));
        }
        // The controller sets it to true when the pod has ended, perhaps before the test looks.
        ((ObjectNode) added.path("labels")).put("workflows.argoproj.io/completed", "false");
        added.set("spec", pod.path("spec"));
        Instant made = Instant.parse(pod.at("/metadata/creationTimestamp").asText());
        // Both ends are cut to seconds, and the API server takes its time.
        added.put("seconds", Duration.between(began, made).toSeconds() + 4);
    }

    private static void prepare(String namespace, String config) throws IOException {
        ObjectNode quiet = new ManifestReader()
                .read(RECORDS.resolve("configs/" + config + ".yaml"))
                .get(0)
                .root()
                .deepCopy();
        // Its events were a third of what it asked of the API server; they say nothing of pods.
        quiet.withObject("data").put("nodeEvents", "enabled: false\n").put("workflowEvents", "enabled: false\n");
        create(quiet, namespace);
        RealCluster.get().serviceAccount(namespace, "default");
        for (String support : List.of("support-objects.yaml", "support-templates.yaml")) {
            for (Document object : new ManifestReader().read(RECORDS.resolve(support))) {
                create(object.root(), namespace);
            }
        }
    }

    private static void create(ObjectNode object, String namespace) {
        ApiClient api = RealCluster.get().api();
        String kind = object.path("kind").asText();
        String name = object.path("metadata").path("name").asText();
        String path = PATHS.get(kind);
        if (path == null || name.equals("default") && kind.equals("ServiceAccount")) {
            return;
        }
        if (!path.contains("%s") && api.status(path + "/" + name) == 200) {
            return;
        }
        ObjectNode made = object.deepCopy();
        ((ObjectNode) made.path("metadata")).remove("namespace");
        api.create(path.formatted(namespace), made);
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }
}

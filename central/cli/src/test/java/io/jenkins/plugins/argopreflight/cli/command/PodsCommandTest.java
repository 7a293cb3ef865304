package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.cli.Schema;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code pods} without a cluster. */
class PodsCommandTest {

    private static final Path FILES = ProjectRoot.path().resolve("central/cli/src/test/resources/pods");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    Path folder;

    /** Names of files become paths, and paths in what is printed become names again. */
    private static Ran pods(String line) {
        List<String> args = new ArrayList<>(List.of("pods"));
        Stream.of(line.split(" +"))
                .map(word -> word.endsWith(".yaml") ? FILES.resolve(word).toString() : word)
                .forEach(args::add);
        Ran ran = Ran.with(args.toArray(String[]::new));
        return new Ran(ran.exit(), ran.out().replace(FILES + "/", ""), ran.err().replace(FILES + "/", ""));
    }

    /** {@code -Dgolden.write=true} writes them again; look at what changed before it is committed. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "steps | -f steps.yaml -f templates.yaml -n ci --no-cluster --controller-config controller.yaml",
                "cron  | -f cron.yaml --no-cluster --argo-version v3.7.2",
                "tools | -f templates.yaml -n ci --no-cluster --argo-version 4.1",
            })
    void shouldPrintThePods(String name, String line) throws IOException {
        Ran ran = pods(line);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).isZero();
        Path golden = FILES.resolve("golden/" + name + ".yaml");
        if (Boolean.getBoolean("golden.write")) {
            Files.writeString(golden, ran.out());
        }
        assertThat(ran.out()).isEqualTo(Files.readString(golden));
    }

    @Test
    void shouldReadStandardInput() throws IOException {
        Ran ran = Ran.with(Map.of(), Files.readString(FILES.resolve("cron.yaml")), "pods", "-f", "-", "--no-cluster");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).contains("# CronWorkflow nightly (-:1:1)\n", "# template clean (-:17:7)\n");
    }

    @Test
    void shouldReadFoldersAndResolveReferencesAmongTheFiles() throws IOException {
        Path below = Files.createDirectories(folder.resolve("below"));
        Files.copy(FILES.resolve("templates.yaml"), below.resolve("a.yaml"));
        Files.copy(FILES.resolve("steps.yaml"), folder.resolve("b.yml"));
        Files.writeString(folder.resolve("README.md"), "no manifest");
        Ran ran = Ran.with("pods", "-f", folder.toString(), "--no-cluster");
        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("image: registry.example.com/team/windows:v1.2\n", "- name: regcred  # Service");
    }

    @Test
    void shouldNotCallAReferenceMissingThatItCouldNotBeCheckedUp() {
        Ran ran = pods("-f wrong.yaml --no-cluster");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith("wrong.yaml:12:9: ")
                .contains("WorkflowTemplate \"gone\" could not be looked up: no cluster was asked (--no-cluster)");
        assertThat(ran.out())
                .as("the pods that can be determined")
                .contains("# template run (wrong.yaml:16:5)")
                .contains("#   ServiceAccount \"nobody\" in namespace default");
    }

    @Test
    void shouldJudgeNothingOfAWorkflowWhoseTemplateItCouldNotBeCheckedUp() {
        String workflow = """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {name: a}
                spec:
                  workflowTemplateRef: {name: elsewhere}
                """;
        Ran ran = Ran.with(Map.of(), workflow, "pods", "-f", "-", "--no-cluster");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith("-:5:")
                .contains("could not be looked up");
    }

    @Test
    void shouldCallARecursionWhoseEndIsUnknownNoFault() {
        String workflow = """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {name: a}
                spec:
                  entrypoint: main
                  templates:
                  - name: main
                    steps:
                    - - {name: flip, template: flip}
                    - - {name: again, template: main, when: "{{steps.flip.outputs.result}} == tails"}
                  - name: flip
                    script: {image: "alpine:3.23", command: [sh], source: "echo tails"}
                """;
        Ran ran = Ran.with(Map.of(), workflow, "pods", "-f", "-", "--no-cluster");
        assertThat(ran.exit()).isZero();
        assertThat(ran.err().lines()).singleElement().asString().contains("template main calls itself");
        assertThat(ran.out()).containsPattern("# nodes: \\d+ or more, ");
    }

    @Test
    void shouldSayThatTheTemplateIsInAnotherNamespace() {
        Ran ran = Ran.with(
                Map.of(),
                "{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: a, namespace: ci},"
                        + " spec: {workflowTemplateRef: {name: tools}}}",
                "pods",
                "-f",
                "-",
                "-f",
                FILES.resolve("templates.yaml").toString(),
                "--no-cluster");
        assertThat(ran.exit()).isEqualTo(3);
        assertThat(ran.err()).contains("templates.yaml:1:1 is in namespace default, not ci");
    }

    @Test
    void shouldSayWhatArgoRefusesWithItsPlace() {
        String workflow = """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {name: a}
                spec:
                  entrypoint: main
                  templates:
                  - name: main
                    steps: [[{name: a, template: gone}]]
                """;
        Ran ran = Ran.with(Map.of(), workflow, "pods", "-f", "-", "--no-cluster");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith("-:8:")
                .contains("gone");
        assertThat(ran.out()).endsWith("---\n# Workflow a (-:1:1): no pod\n");
    }

    @Test
    void shouldSayWhichFieldItsArgoDoesNotKnow() {
        Ran ran = pods("-f cron.yaml --no-cluster --argo-version v3.5.8");
        assertThat(ran.exit()).isEqualTo(1);
        assertThat(ran.err())
                .isEqualTo("cron.yaml:7:3: spec.schedules: schedules came with Argo 3.6; v3.5.8 does not"
                        + " know it; use schedule\n");
    }

    @Test
    void shouldReportANewerArgoByTheNewestThatItKnows() {
        Ran ran = pods("-f cron.yaml --no-cluster --argo-version v5.0.0");
        assertThat(ran.exit()).isZero();
        assertThat(ran.out()).containsOnlyOnce("the rules of Argo v5.0.0 (taken as those of v4.1.2)");
    }

    @Test
    void shouldPrintJsonForPrograms() throws IOException {
        Ran ran = pods("-f wrong.yaml -n ci --no-cluster --argo-version v3.6.4 -o json");
        assertThat(ran.exit()).isEqualTo(3);
        JsonNode report = JSON.readTree(ran.out());
        assertThat(Schema.problems(ran.out(), "pods.schema.json")).isEmpty();
        assertThat(report.at("/result").asText()).isEqualTo("unchecked");
        assertThat(report.at("/versions/argo").asText()).isEqualTo("v3.6.4");
        assertThat(report.at("/pods/0/template").asText()).isEqualTo("run");
        assertThat(report.at("/pods/0/pod/spec/containers/1/image").asText()).isEqualTo("alpine:3.23");
        assertThat(report.at("/pods/0/origins/spec.serviceAccountName").asText())
                .isEqualTo("workflow's spec: spec.serviceAccountName (wrong.yaml:7:3)");
        assertThat(report.at("/findings/0/outcome").asText()).isEqualTo("unknown");
        assertThat(report.at("/findings/0/subject/line").asInt()).isEqualTo(12);
        assertThat(report.at("/unknown")).isNotEmpty();
        assertThat(report.at("/cost/apiCalls").asInt()).isZero();
    }

    @Test
    void shouldTakeASnapshotForTheCluster() throws IOException {
        Files.copy(FILES.resolve("templates.yaml"), folder.resolve("ci.yaml"));
        String controller = Files.readString(FILES.resolve("controller.yaml"));
        Files.writeString(folder.resolve("controller.yaml"), controller.replace("namespace: argo", "namespace: ctl"));
        Files.writeString(
                folder.resolve("snapshot.yaml"),
                "{apiVersion: argo-preflight/v1, kind: Snapshot, argo: {version: v3.6.9, namespace: ctl}}");

        Ran ran = pods("-f steps.yaml -n default --cluster " + folder);

        assertThat(ran.exit()).as(ran.err()).isZero();
        assertThat(ran.out()).contains("runAsNonRoot: true", "- name: regcred  # Service", "v3.6.9");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-n a                                        | no manifest: add -f FILE, a folder, or - for standard input",
                "-f /no/such                                 | -f /no/such: there is no such file or folder",
                "-f -                                        | -f -: no Kubernetes object in it",
                "-f - -f -                                   | -f - is given twice: standard input can be read once",
                "-f bad.yaml                                 | : bad.yaml:4:",
                "-f steps.yaml -n A_b                        | -n A_b: no Namespace can be called that",
                "-f steps.yaml -n a*                         | -n a*: one namespace is needed, not a pattern",
                "-f controller.yaml                          | no Workflow, CronWorkflow, WorkflowTemplate or Cluster",
                "-f steps.yaml --argo-version latest         | --argo-version latest: no version; give one such as v3.6.4",
                "-f steps.yaml --argo-namespace A_b          | --argo-namespace A_b: no Namespace can be called that",
                "-f steps.yaml --no-cluster --context c      | --no-cluster: leave out --kubeconfig, --context, --as",
                "-f steps.yaml --cluster . --as joe          | --cluster takes a snapshot: leave out --kubeconfig",
                "-f steps.yaml --cluster /no/such            | /no/such does not exist: a snapshot is a folder",
                "-f steps.yaml --kubeconfig /no/such         | /no/such does not exist",
                "-f steps.yaml --controller-config /no       | --controller-config /no: there is no such file or folder",
                "-f steps.yaml --controller-config cron.yaml | no ConfigMap \"workflow-controller-configmap\" in",
                "-f steps.yaml --controller-config badconfig.yaml | : badconfig.yaml:5:",
                "-f steps.yaml --no-cluster -o yaml          | -o yaml: no such format; there are text and json",
            })
    void shouldSayInOneLineWhatIsWrong(String line, String said) {
        Ran ran = pods(line);
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith("argo-preflight pods: ")
                .contains(said);
    }

    @Test
    void shouldNotTakeAnEmptyNameForTheCurrentFolder() {
        Ran ran = Ran.with("pods", "-f", "", "--no-cluster");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err()).isEqualTo("argo-preflight pods: -f has an empty name: give a file, a folder, or -\n");
    }

    @Test
    void shouldSayInOneLineWhichFileIsNoManifest() {
        Ran ran = Ran.with(Map.of(), "a: {{ .Values.name }}\n", "pods", "-f", "-", "--no-cluster");
        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith("argo-preflight pods: -:1:")
                .contains("a template of Helm that was not rendered");
    }
}

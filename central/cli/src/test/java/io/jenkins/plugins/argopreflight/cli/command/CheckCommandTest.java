package io.jenkins.plugins.argopreflight.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.cli.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code check}, {@code checks} and {@code explain} without a cluster. */
class CheckCommandTest {

    private static final String CANARY = "c4n4ry-p4ssw0rd";
    private static final String WORKFLOW = """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: build-}
            spec:
              activeDeadlineSeconds: 3600
              entrypoint: main
              templates:
              - name: main
                container:
                  image: registry.example.com/team/image:v1.2
                  command: [make]
            """;
    private static final String SOCKET = WORKFLOW + """
                  volumeMounts: [{name: sock, mountPath: /var/run/docker.sock}]
              volumes:
              - name: sock
                hostPath: {path: /var/run/docker.sock}
            """;
    private static final String RISKY = SOCKET.replace("entrypoint: main", "entrypoint: main\n  imgae: typo");
    private static final String SECRET = """
            apiVersion: v1
            kind: Secret
            metadata: {name: regcred}
            type: kubernetes.io/dockerconfigjson
            stringData:
              .dockerconfigjson: '{"auths":{"registry.example.com":{"username":"team","password":"%s"}}}'
            """.formatted(CANARY);

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(folder.resolve("good.yaml"), WORKFLOW);
        Files.writeString(folder.resolve("socket.yaml"), SOCKET);
        Files.writeString(folder.resolve("risky.yaml"), RISKY);
        Files.writeString(folder.resolve("riskier.yaml"), RISKY.replace("imgae", "imagee"));
        Files.writeString(folder.resolve("secret.yaml"), SECRET);
        Files.writeString(folder.resolve("bad.yaml"), "kind: Workflow\nspec: [1\n");
        Files.writeString(
                folder.resolve("account.yaml"), "{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}}");
        Files.writeString(
                folder.resolve("ignore.yaml"), "[{id: docker-socket, reason: build pool, until: 2999-12-31}]");
        Files.writeString(folder.resolve("typo.yaml"), "[{id: docker-socket, reson: build pool}]");
        Files.writeString(
                folder.resolve("unresolved.yaml"),
                WORKFLOW.replace("  entrypoint: main\n", "  workflowTemplateRef: {name: elsewhere}\n"));
    }

    /** Names of files become paths, and paths in what is printed become names again. */
    private Ran check(String line) {
        List<String> args = new ArrayList<>(List.of("check"));
        Stream.of(line.strip().split(" +"))
                .map(word ->
                        word.matches("[a-z-]+\\.yaml") ? folder.resolve(word).toString() : word)
                .forEach(args::add);
        Ran ran = Ran.with(args.toArray(String[]::new));
        return new Ran(
                ran.exit(), ran.out().replace(folder + "/", ""), ran.err().replace(folder + "/", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | -f good.yaml",
                "0 | -f socket.yaml --fail-on never",
                "1 | -f socket.yaml --fail-on warn",
                "0 | -f socket.yaml --fail-on warn --ignore docker-socket",
                "0 | -f socket.yaml --fail-on warn --ignore-file ignore.yaml",
                "0 | -f socket.yaml --fail-on warn --ignore docker-socket=pool@2999-12-31",
                "1 | -f socket.yaml --fail-on warn --ignore docker-socket=pool@2001-12-31",
                "1 | -f good.yaml --fail-on unknown",
                "3 | -f unresolved.yaml",
            })
    void shouldEndAsTheGateSays(int exit, String line) {
        Ran ran = check(line + " --no-cluster --no-registry --argo-version v4.0.5");
        assertThat(ran.err()).isEmpty();
        assertThat(ran.exit()).as(ran.out()).isEqualTo(exit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                  | nothing to check: add -f FILE, a folder, or - for standard input",
                "-f bad.yaml                       | bad.yaml:3:1: ",
                "-f gone.yaml                      | -f gone.yaml: there is no such file or folder",
                "-f account.yaml                   | nothing to check in the given files: no Workflow",
                "-f good.yaml --fail-on fial       | --fail-on fial: one of fail, conditional, warn, unknown, never is needed",
                "-f good.yaml --ignore dockersocket | there is no check \"dockersocket\" to ignore; did you mean docker-socket?",
                "-f good.yaml --ignore docker-socket@soon | after @ comes the last day, YYYY-MM-DD",
                "-f good.yaml --ignore docker-socket@2026-13-45 | \"2026-13-45\" is no day, write YYYY-MM-DD",
                "-f good.yaml --ignore-file typo.yaml | entry 1: an entry has an id, and can have reason and until",
                "-f good.yaml --pod-security strict | --pod-security strict: privileged, baseline or restricted",
                "-f good.yaml --kubernetes-version x | --kubernetes-version x: no version; give one such as v1.34.4",
                "-f good.yaml -o junti             | no such format; did you mean junit?; there are text, json, junit",
                "-f good.yaml --ignroe x           | unknown option --ignroe; did you mean --ignore",
                "workflow/build                    | --no-cluster: workflow/build is in the cluster; give a file with -f",
                "-f good.yaml --registry-config r.json | --no-registry: leave out --registry-config",
            })
    void shouldSayInOneLineWhatIsWrong(String line, String said) {
        Ran ran = check((line == null ? "" : line) + " --no-cluster --no-registry");
        assertThat(ran.exit()).as(ran.err()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).singleElement().asString().contains(said);
    }

    @Test
    void shouldSayThatThereIsNoCluster() {
        Ran ran = Ran.with(
                Map.of("KUBECONFIG", "/no/such/kubeconfig"),
                "",
                "check",
                "-f",
                folder.resolve("good.yaml").toString(),
                "--no-registry");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isIn(2, 3);
        assertThat(ran.out() + ran.err()).contains("kubeconfig");
    }

    @Test
    void shouldLeadWithTheClusterThatDoesNotAnswer() throws IOException {
        Path kubeconfig = folder.resolve("refused.kubeconfig");
        Files.writeString(
                kubeconfig,
                "apiVersion: v1\nkind: Config\nclusters: [{name: a, cluster: {server: 'https://127.0.0.1:1'}}]\n"
                        + "users: [{name: a, user: {token: abc}}]\n"
                        + "contexts: [{name: a, context: {cluster: a, user: a}}]\ncurrent-context: a\n");
        String[] arguments = {
            "check",
            "-f",
            folder.resolve("good.yaml").toString(),
            "--no-registry",
            "--kubeconfig",
            kubeconfig.toString()
        };
        Ran ran = Ran.with(Map.of(), "", arguments);
        List<String> lines = ran.out().lines().toList();
        assertThat(ran.exit()).as(ran.out() + ran.err()).isEqualTo(3);
        assertThat(lines.get(1)).contains("Could not check the cluster: https://127.0.0.1:1: connection refused");
        assertThat(lines)
                .filteredOn(line -> line.contains("connection refused"))
                .hasSizeLessThan(3);
        assertThat(lines.get(lines.size() - 1)).isEqualTo(lines.get(0));

        String[] more =
                Stream.concat(Stream.of(arguments), Stream.of("--verbose")).toArray(String[]::new);
        assertThat(Ran.with(Map.of(), "", more).out()).contains("may-submit");
    }

    @Test
    void shouldNotCountWhatIsInTheBaseline() {
        Path baseline = folder.resolve("baseline.json");
        assertThat(check("-f risky.yaml --no-cluster --no-registry -o json=" + baseline)
                        .exit())
                .isEqualTo(1);

        Ran same = check("-f risky.yaml --no-cluster --no-registry --baseline " + baseline);
        assertThat(same.exit()).as(same.out()).isZero();
        assertThat(same.out())
                .contains("in the baseline baseline.json", "UNKNOWN")
                .doesNotContain("FAIL ");

        Ran more = check("-f risky.yaml -f riskier.yaml --no-cluster --no-registry --baseline " + baseline);
        assertThat(more.exit()).as(more.out()).isEqualTo(1);

        assertThat(check("-f risky.yaml --no-cluster --no-registry --baseline risky.yaml")
                        .err())
                .contains("--baseline risky.yaml: ");
    }

    @Test
    void shouldNotTakeForAPassWhatABaselineCouldNotCheck() throws IOException {
        Files.writeString(folder.resolve("refused.yaml"), RISKY.replace("registry.example.com", "127.0.0.1:1"));
        Path baseline = folder.resolve("baseline.json");
        String check = "-f refused.yaml --no-cluster --argo-version v4.0.5 --registry-config answers.yaml ";
        Files.writeString(folder.resolve("answers.yaml"), "registries: []\n");
        assertThat(check(check + "-o json=" + baseline).exit()).isEqualTo(1);
        assertThat(check(check + "--baseline " + baseline).exit()).isEqualTo(3);
    }

    @Test
    void shouldPrintAsMuchAsIsAskedFor() {
        String arguments = "-f risky.yaml --no-cluster --no-registry ";
        String quiet = check(arguments + "--quiet").out();
        assertThat(quiet).contains("1 FAIL").doesNotContain("docker.sock");
        assertThat(check(arguments + "--severity fail").out()).contains("FAIL ").doesNotContain("WARN ");
        assertThat(check(arguments + "--severity never").err()).contains("--severity never: one of");
    }

    @Test
    void shouldNotWarnOfDeadlinesWhereNoRegistryWasAsked() {
        assertThat(check("-f risky.yaml --no-cluster --no-registry").out()).doesNotContain("has no deadline");
    }

    @Test
    void shouldWriteCommandsOfGitHubThatNoFindingCanAddTo() {
        Ran ran = check("-f risky.yaml --no-cluster --no-registry -o github");
        assertThat(ran.out().lines())
                .allMatch(line ->
                        line.matches("::(error|warning|notice) title=[^:]*(,file=[^:,]*,line=\\d+)?::.*|[✔✘?] .*"))
                .anyMatch(line -> line.startsWith("::error title=") && line.contains("risky.yaml,line="));
    }

    @Test
    void shouldTakeTheFilesThatAShellMakesOfAPattern() {
        Ran ran = check("-f good.yaml risky.yaml --no-cluster --no-registry");
        assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out()).contains("2 objects");
    }

    @Test
    void shouldPlaceEachSarifResultInAFile() throws IOException {
        check("-f risky.yaml --no-cluster --no-registry -o sarif=" + folder + "/placed.sarif");
        JsonNode run = new JsonMapper()
                .readTree(folder.resolve("placed.sarif").toFile())
                .path("runs")
                .path(0);
        assertThat(run.path("results")).isNotEmpty().allSatisfy(result -> {
            JsonNode place = result.path("locations").path(0).path("physicalLocation");
            assertThat(place.path("artifactLocation").path("uri").asText()).endsWith("risky.yaml");
            assertThat(place.path("region").path("startLine").asInt()).isPositive();
            assertThat(result.path("partialFingerprints")).isNotEmpty();
        });
        assertThat(run.path("tool").path("driver").path("rules"))
                .allSatisfy(rule -> assertThat(rule.path("help").path("text").asText() + rule.path("id"))
                        .isNotEmpty());
    }

    @Test
    void shouldWriteEveryFormatAndNoSecret() throws IOException {
        Ran ran = check("-f good.yaml -f secret.yaml --no-cluster --no-registry -o text -o json=" + folder
                + "/r.json -o junit=" + folder + "/r.xml -o sarif=" + folder + "/r.sarif -o markdown=" + folder
                + "/r.md -o html=" + folder + "/r.html");
        assertThat(ran.exit()).as(ran.out() + ran.err()).isIn(0, 1, 3);
        for (String file : List.of("r.json", "r.xml", "r.sarif", "r.md", "r.html")) {
            assertThat(folder.resolve(file)).content().contains("build-").doesNotContain(CANARY);
        }
        assertThat(ran.out()).contains("build-").doesNotContain(CANARY);
        assertThat(Schema.problems(Files.readString(folder.resolve("r.json")), "report.schema.json"))
                .isEmpty();
    }

    @Test
    void shouldObeyItsSchemaWithFindingsAndIgnores() throws IOException {
        Ran ran = check("-f socket.yaml --no-cluster --no-registry -o json --ignore docker-socket=pool@2999-12-31"
                + " --ignore host-path-ownership@2001-01-01 --ignore no-deadline");
        assertThat(Schema.problems(ran.out(), "report.schema.json")).isEmpty();
        JsonNode report = new JsonMapper().readTree(ran.out());
        assertThat(report.at("/ignored/0/finding/check").asText()).isEqualTo("docker-socket");
        assertThat(report.at("/ignored/0/until").asText()).isEqualTo("2999-12-31");
        assertThat(report.path("notes").findValuesAsText("kind")).contains("ignore-expired", "ignore-retired");
        assertThat(report.path("findings").findValuesAsText("id")).doesNotHaveDuplicates();
        assertThat(report.at("/subjects/0/line").asInt()).isOne();
    }

    @Test
    void shouldListItsChecks() throws IOException {
        JsonNode list =
                new JsonMapper().readTree(Ran.with("checks", "--format", "json").out());
        List<String> ids = list.path("checks").findValuesAsText("id");
        assertThat(ids).contains("docker-socket").doesNotHaveDuplicates();
        String text = Ran.with("checks").out();
        String markdown = Ran.with("checks", "--format", "markdown").out();
        assertThat(ids).allSatisfy(id -> {
            assertThat(text).contains(id);
            assertThat(markdown).contains("### " + id);
            Ran explained = Ran.with("explain", id);
            assertThat(explained.exit()).isZero();
            assertThat(explained.out()).startsWith(id + ": ").contains("Why", "How to fix", "What it cannot see");
        });
        assertThat(Ran.with("checks", "--format", "jsn").err()).contains("did you mean json?");
        Ran unknown = Ran.with("explain", "dockersocket");
        assertThat(unknown.exit()).isEqualTo(2);
        assertThat(unknown.err()).contains("there is no check \"dockersocket\"; did you mean docker-socket?");
    }
}

package io.jenkins.plugins.argopreflight.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test of the registries on the command line: their answers come from a file, a snapshot, or from nowhere. */
class RegistryConfigTest {

    private static final String OPEN = """
            registries:
              - registry: registry.example.com
                repositories: [{repository: team/image, tags: [{tag: v1, platforms: [linux/amd64], config: {}}]}]
            """;

    @TempDir
    private Path folder;

    private String workflow;

    @BeforeEach
    void writeWorkflow() throws IOException {
        workflow = write("workflow.yaml", """
                apiVersion: argoproj.io/v1alpha1
                kind: Workflow
                metadata: {name: build, namespace: ci}
                spec:
                  entrypoint: main
                  templates:
                    - name: main
                      container: {image: "registry.example.com/team/image:v1", command: [make]}
                """);
    }

    @Test
    void shouldAskTheFile() throws IOException {
        String file = write("answers.yaml", OPEN);

        assertThat(verdicts("--no-cluster", "--registry-config", file)).contains("\"verdict\":\"ok\"");
        assertThat(verdicts("--no-cluster", "--no-registry")).doesNotContain("\"verdict\":\"ok\"");
    }

    @Test
    void shouldAskTheSnapshotsOwnFileUnlessAnotherIsGiven() throws IOException {
        write(
                "snapshot/cluster.yaml",
                "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: default, namespace: ci}");
        write("snapshot/registry.yaml", OPEN);
        String cluster = folder.resolve("snapshot").toString();
        String down = write("down.json", "{\"unreachable\": [\"registry.example.com\"]}");

        assertThat(verdicts("--cluster", cluster)).contains("\"verdict\":\"ok\"");
        assertThat(verdicts("--cluster", cluster, "--registry-config", down)).contains("\"verdict\":\"unreachable\"");
        assertThat(verdicts("--cluster", cluster, "--no-registry")).doesNotContain("\"verdict\":\"ok\"");
    }

    @Test
    void shouldRefuseAFileInOneLine() throws IOException {
        String docker = write("config.json", "{\"auths\": {\"registry.example.com\": {\"auth\": \"czNjcmV0\"}}}");

        Ran credentials = check("--no-cluster", "--registry-config", docker);
        assertThat(credentials.exit()).isEqualTo(2);
        assertThat(credentials.err())
                .contains(docker + ":1:1: this is a docker config.json with credentials")
                .doesNotContain("czNjcmV0")
                .hasLineCount(1);
        assertThat(check("--no-cluster", "--registry-config", "absent.yaml").err())
                .contains("--registry-config absent.yaml: there is no such file");
        assertThat(check("--no-cluster", "--no-registry", "--registry-config", docker)
                        .err())
                .contains("--no-registry: leave out --registry-config");
    }

    @Test
    void shouldRefuseAFileOfAWrongShapeInOneLineForADiagnosis() throws IOException {
        write("snapshot/cluster.yaml", "apiVersion: v1\nkind: Namespace\nmetadata: {name: ci}");
        String list = write("r.yaml", "- a\n");

        Ran ran = Ran.with("diagnose", "w", "-n", "ci", "--cluster", folder + "/snapshot", "--registry-config", list);

        assertThat(ran.exit()).isEqualTo(2);
        assertThat(ran.err())
                .startsWith("argo-preflight diagnose: " + list + ":")
                .hasLineCount(1);
    }

    private String verdicts(String... options) {
        Ran ran = check(options);
        assertThat(ran.err()).isEmpty();
        return ran.out().replaceAll("\\s*:\\s*", ":");
    }

    private Ran check(String... options) {
        String[] all = new String[options.length + 5];
        System.arraycopy(new String[] {"check", "-f", workflow, "-o", "json"}, 0, all, 0, 5);
        System.arraycopy(options, 0, all, 5, options.length);
        return Ran.with(all);
    }

    private String write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text).toString();
    }
}

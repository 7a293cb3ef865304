package io.jenkins.plugins.argopreflight.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** docs/examples/mistakes: each mistake is found, at the object to mend. */
class MistakesTest {

    @TempDir
    Path temporary;

    private static final Path EXAMPLE = ProjectRoot.path().resolve("docs/examples/mistakes");

    private static final String EVERYWHERE = "removed-setting ConfigMap argo/workflow-controller-configmap";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "images | pull-secret-missing Secret ci/registry-secret, pull-secret-not-bound ServiceAccount"
                        + " ci/default, credential-expired Secret ci/regcred-2025, no-pull-right Registry"
                        + " /registry.example.com, image-not-found Workflow ci/images-, image-not-found Workflow"
                        + " ci/images-",
                "moved | pull-secret-key-mismatch Secret moved/regcred-old-host",
                "report | may-run ServiceAccount ci/powerless, node-selector-no-match Workflow ci/report-",
                "publish | pod-security Workflow release/publish-, capability-prefix Workflow release/publish-,"
                        + " docker-socket Workflow release/publish-",
                "test | host-path-ownership Workflow batch/test-, container-fs-group Workflow batch/test-,"
                        + " quota ConfigMap argo/workflow-controller-configmap",
            })
    void shouldFindEachAtTheObjectToFixAndNothingElse(String file, String findings) throws IOException {
        assertThat(found(file, EXAMPLE.resolve("cluster")))
                .containsExactlyInAnyOrder((findings + ", " + EVERYWHERE).split(", "));
    }

    @ParameterizedTest
    @CsvSource({"v1.28.0, true", "v1.29.0, false", ", false"})
    void shouldJudgePodsByTheVersionThatIsNamed(String version, boolean refused) throws IOException {
        Path workflow = Files.writeString(temporary.resolve("sysctl.yaml"), """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {generateName: publish-, namespace: release}
            spec:
              entrypoint: main
              serviceAccountName: publisher
              securityContext: {sysctls: [{name: net.ipv4.tcp_keepalive_time, value: "60"}]}
              templates:
              - name: main
                container: {image: "registry.example.com/team/image:v1.2", command: [make]}
            """);
        String[] named = version == null ? new String[0] : new String[] {"--kubernetes-version", version};
        List<String> findings = found(workflow, EXAMPLE.resolve("cluster"), named);
        assertThat(findings.contains("pod-security Workflow release/publish-"))
                .as(findings.toString())
                .isEqualTo(refused);
    }

    private static List<String> found(String file, Path cluster) throws IOException {
        return found(EXAMPLE.resolve("workflows/" + file + ".yaml"), cluster);
    }

    private static List<String> found(Path workflow, Path cluster, String... more) throws IOException {
        Ran ran = Ran.with(Stream.concat(
                        Stream.of("check", "-f", workflow.toString(), "--cluster", cluster.toString(), "-o", "json"),
                        Stream.of(more))
                .toArray(String[]::new));
        assertThat(ran.exit()).as(ran.err()).isOne();
        assertThat(Schema.problems(ran.out(), "report.schema.json")).isEmpty();
        JsonNode report = new JsonMapper().readTree(ran.out());
        return report.path("findings")
                .valueStream()
                .map(finding -> finding.path("check").asText() + " "
                        + finding.at("/subject/kind").asText() + " "
                        + finding.at("/subject/namespace").asText() + "/"
                        + finding.at("/subject/name").asText())
                .toList();
    }
}

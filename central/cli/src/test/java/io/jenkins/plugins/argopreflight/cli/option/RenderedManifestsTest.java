package io.jenkins.plugins.argopreflight.cli.option;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.cli.Ran;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import io.jenkins.plugins.argopreflight.testing.server.ServerBinaries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test of manifests that Helm and Kustomize render. A folder with their sources is checked without these. */
class RenderedManifestsTest {

    private static final String[] OFFLINE = {"-n", "ci", "--no-cluster", "--no-registry", "--argo-version", "v4.0.5"};

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        file("chart/Chart.yaml", "{apiVersion: v2, name: nightly, version: 1.0.0}\n");
        file("chart/values.yaml", "entrypoint: nightly\ntag: '3.20'\n");
        file("chart/templates/nightly.yaml", """
            {{- if .Values.entrypoint }}
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata:
              name: {{ .Release.Name }}-nightly
            spec:
              entrypoint: {{ .Values.entrypoint }}
              templates:
              - name: main
                container: {image: "alpine:{{ .Values.tag }}", command: [make]}
            {{- end }}
            """);
        file("chart/templates/plain.yaml", workflow("plain", "plane"));
        file("kustomize/kustomization.yaml", "{namePrefix: ci-, resources: [workflow.yaml]}\n");
        file("kustomize/workflow.yaml", workflow("nightly", "nightly"));
    }

    @Test
    @NeedsServers(Server.RENDERERS)
    void shouldCheckWhatHelmRenders() throws Exception {
        String rendered =
                output("helm", "template", "r1", folder.resolve("chart").toString());
        assertThat(check(rendered, "-f", "-").out())
                .contains("Workflow ci/r1-nightly", "Template nightly not found", "Template plane not found");
    }

    @Test
    @NeedsServers(Server.RENDERERS)
    void shouldCheckWhatKustomizeRenders() throws Exception {
        String rendered =
                output("kubectl", "kustomize", folder.resolve("kustomize").toString());
        assertThat(check(rendered, "-f", "-").out()).contains("Workflow ci-nightly", "Template nightly not found");
    }

    @Test
    void shouldSkipTheSourceAndCheckTheRestOfTheFolder() {
        Ran ran = check("", "-f", folder.resolve("chart").toString());
        assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out())
                .contains("Template plane not found")
                .contains("chart/templates/nightly.yaml")
                .contains("a template of Helm that was not rendered");
    }

    /** The rest of what one submits would be another request. */
    @Test
    void shouldLeaveNothingOutOfWhatIsSubmitted() throws IOException {
        Ran chart = Ran.with("submit", "-f", folder.resolve("chart").toString());
        assertThat(chart.exit()).as(chart.err()).isEqualTo(2);
        assertThat(chart.err()).contains("chart/templates/nightly.yaml", "a template of Helm that was not rendered");
        Path workflow = file("workflow.yaml", workflow("a", "a"));
        Ran limited = Ran.with("submit", "-f", workflow.toString(), "--limit", "nodes=3");
        assertThat(limited.exit()).as(limited.err()).isEqualTo(2);
        assertThat(limited.err()).contains("the limit nodes=3 of this run is reached");
    }

    @Test
    void shouldReadOptionsFromAFile() throws IOException {
        Path options = file("preflight.options", "# Without anything else.\n-n ci --no-cluster\n--no-registry\n");
        Path workflow = file("workflow.yaml", workflow("a", "plane"));
        Ran ran = Ran.with("check", "@" + options, "-f", workflow.toString());
        assertThat(ran.exit()).as(ran.err()).isEqualTo(1);
        assertThat(ran.out()).contains("Template plane not found");
    }

    private static Ran check(String in, String option, String value) {
        String[] arguments = new String[OFFLINE.length + 3];
        arguments[0] = "check";
        arguments[1] = option;
        arguments[2] = value;
        System.arraycopy(OFFLINE, 0, arguments, 3, OFFLINE.length);
        return Ran.with(Map.of(), in, arguments);
    }

    private static String output(String program, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = ServerBinaries.require(program);
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return output;
    }

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String workflow(String name, String entrypoint) {
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: %s}
            spec:
              entrypoint: %s
              templates:
              - name: main
                container: {image: alpine:3.20, command: [make]}
            """.formatted(name, entrypoint);
    }
}

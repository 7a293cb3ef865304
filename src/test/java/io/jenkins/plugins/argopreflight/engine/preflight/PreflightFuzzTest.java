package io.jenkins.plugins.argopreflight.engine.preflight;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.registry.Loopback;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.probe.RegistryProbe;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.render.json.PreflightJson;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestException;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.Mutations;
import io.jenkins.plugins.argopreflight.testing.Requests;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Whatever stands in manifests and Secrets, and whatever a registry answers, a preflight ends soon and with a report.
 * {@code -Dargopreflight.fuzz=100000} for a long run.
 */
@Tag("fuzz")
@ExtendWith(InRun.class)
class PreflightFuzzTest {

    private static final int ROUNDS = Integer.getInteger("argopreflight.fuzz", 300);
    private static final Duration ONE = Duration.ofSeconds(60);
    private static final int MEMORY = 25;
    private static final String HOST = "registry.example.com";
    private static final String PASSWORD = "c4nary-Pa55word";
    private static final List<String> TYPES = List.of(
            "kubernetes.io/dockerconfigjson",
            "kubernetes.io/dockerconfigjson",
            "kubernetes.io/dockerconfigjson",
            "kubernetes.io/dockercfg",
            "Opaque",
            "");
    private static final List<Integer> STATUS = List.of(200, 200, 200, 200, 200, 401, 401, 403, 404, 429, 500, 302);
    private static final List<String> CHALLENGES = List.of(
            "Basic realm=\"r\"",
            "Bearer realm=\"http://" + HOST + "/token\",service=\"s\",scope=\"repository:team/image:pull\"",
            "Negotiate");
    private static final List<String> ERRORS = List.of(
            "{\"errors\":[{\"code\":\"UNAUTHORIZED\",\"message\":\"authentication required\"}]}",
            "{\"errors\":[{\"code\":\"MANIFEST_UNKNOWN\",\"message\":\"manifest unknown\"}]}",
            "<html>no</html>",
            "");
    private static final String CONFIG =
            "{\"os\":\"linux\",\"architecture\":\"amd64\",\"config\":{\"User\":\"app\",\"Entrypoint\":[\"/bin/sh\"]}}";
    private static final String MANIFEST = """
        {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
        "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"sha256:%s"}}\
        """.formatted(digest());
    private static final String WORKFLOW = """
        apiVersion: argoproj.io/v1alpha1
        kind: Workflow
        metadata: {generateName: build-, namespace: ci}
        spec:
          entrypoint: main
          arguments: {parameters: [{name: image, value: registry.example.com/team/image:v1.2}]}
          imagePullSecrets: [{name: regcred}]
          volumes: [{name: work, hostPath: {path: /tmp/argo, type: DirectoryOrCreate}}]
          templates:
          - name: main
            dag:
              tasks:
              - {name: one, template: build}
              - name: two
                template: tool
                arguments: {parameters: [{name: image, value: "{{workflow.parameters.image}}"}]}
          - name: build
            container:
              image: registry.example.com/team/image:v1.2
              securityContext: {runAsUser: 1000, fsGroup: 1000, capabilities: {add: [CAP_SYS_ADMIN]}}
              volumeMounts: [{name: work, mountPath: /work}]
          - name: tool
            inputs: {parameters: [{name: image}]}
            script: {image: "{{inputs.parameters.image}}", command: [sh], source: make}
        """;

    private static final String SENSOR = """
        apiVersion: argoproj.io/v1alpha1
        kind: Sensor
        metadata: {name: webhook, namespace: ci}
        spec:
          template: {serviceAccountName: default}
          triggers:
          - template:
              name: build
              argoWorkflow:
                operation: submit
                args: [-p, image=alpine]
                source:
                  resource:
        WORKFLOW
                parameters:
                - {src: {dependencyName: push, dataKey: body.ref}, dest: spec.arguments.parameters.0.value, operation: append}
                - {src: {dependencyName: push, value: a}, dest: metadata.name}
            parameters:
            - {src: {dependencyName: push, dataKey: body.ref}, dest: argoWorkflow.args.-1}
          - template:
              name: stored
              k8s:
                source: {configmap: {name: settings, key: wf}}
          - template:
              name: inline
              k8s:
                operation: create
                source: {inline: "{apiVersion: argoproj.io/v1alpha1, kind: Workflow, metadata: {name: a}, spec: {}}"}
        """.replace("WORKFLOW\n", WORKFLOW.indent(12));

    private final Mutations random = new Mutations(20261125);
    private String challenge = "";
    private int judged;
    private int findings;

    @Test
    void shouldEndWithAReport() {
        for (int round = 0; round < ROUNDS; round += MEMORY) {
            rounds(round);
        }
        assertThat(judged).isGreaterThan(ROUNDS / 2);
        assertThat(findings).isGreaterThan(judged);
    }

    /** A client remembers of a registry how it authenticates, and of an image what was answered: each is another. */
    private void rounds(int first) {
        challenge = random.text(random.one(CHALLENGES));
        try (Loopback registry = new Loopback(this::answer);
                RegistryProbe probe = new RegistryProbe(RegistrySettings.builder()
                        .address(HOST, registry.url())
                        .allowedHosts(HOST::equals)
                        .build())) {
            for (int round = first; round < Math.min(first + MEMORY, ROUNDS); round++) {
                String seed = random.one(List.of(WORKFLOW, WORKFLOW, SENSOR));
                String manifest = (random.once(5)
                                ? random.text(seed)
                                : random.object(Stage.yaml(seed), 0).toString())
                        .replace("team/image", "team/image-" + round);
                MemoryCluster cluster = cluster();
                assertTimeoutPreemptively(ONE, InRun.own(() -> judge(manifest, cluster, probe))::run, () -> manifest);
            }
        }
    }

    private void judge(String manifest, MemoryCluster cluster, RegistryProbe probe) {
        try {
            List<Document> given = new ManifestReader().read("fuzz.yaml", manifest);
            Report report = Remediation.inShell(
                    new Preflight(Fact.known(cluster), probe, 4).run(Requests.of(given, "ci", "argo")));
            assertThat(new PreflightJson().render(report)).doesNotContain(PASSWORD);
            judged++;
            findings += report.findings().size();
        } catch (ManifestException refused) {
            assertThat(refused.getMessage()).startsWith("fuzz.yaml:").doesNotContain("\n");
        } catch (IllegalArgumentException nothing) {
            assertThat(nothing).as(manifest).hasMessageContaining("nothing to check");
        } catch (RuntimeException e) {
            throw new AssertionError(manifest, e);
        }
    }

    private MemoryCluster cluster() {
        String type = random.one(TYPES);
        String auth = Base64.getEncoder().encodeToString(("team:" + PASSWORD).getBytes(ISO_8859_1));
        String config = random.text("{\"auths\":{\"" + HOST + "\":{\"username\":\"team\",\"auth\":\"" + auth
                + "\"},\"quay.io\":{\"username\":\"q\",\"password\":\"p\"}}}");
        ObjectNode secret = Stage.yaml("{apiVersion: v1, kind: Secret, metadata: {name: regcred, namespace: ci}}");
        secret.put("type", type)
                .putObject("data")
                .put(
                        type.endsWith("cfg") ? ".dockercfg" : ".dockerconfigjson",
                        Base64.getEncoder().encodeToString(config.getBytes(ISO_8859_1)));
        MemoryCluster cluster = new MemoryCluster("memory");
        cluster.load(secret.toString());
        cluster.load("{apiVersion: v1, kind: ServiceAccount, metadata: {name: default, namespace: ci}}");
        cluster.load(
                "{apiVersion: v1, kind: ConfigMap, metadata: {name: workflow-controller-configmap, namespace: argo},"
                        + " data: {executor: 'image: registry.example.com/argo/exec:1'}}");
        return cluster;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int status = random.one(STATUS);
        String right = path.contains("/blobs/")
                ? CONFIG
                : path.contains("/tags/")
                        ? "{\"tags\":[\"v1.1\",\"v1.2\"]}"
                        : path.equals("/token") ? "{\"token\":\"t\"}" : MANIFEST;
        String body = random.text(status == 200 ? right : random.one(ERRORS));
        Loopback.answer(
                exchange,
                status,
                Map.of(
                        "Content-Type",
                        "application/vnd.oci.image.manifest.v1+json",
                        "WWW-Authenticate",
                        challenge.replaceAll("[^ -~]", ""),
                        "Location",
                        "/elsewhere"),
                body);
    }

    private static String digest() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(CONFIG.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

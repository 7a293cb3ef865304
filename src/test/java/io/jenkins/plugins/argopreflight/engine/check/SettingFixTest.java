package io.jenkins.plugins.argopreflight.engine.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.check.catalog.Checks;
import io.jenkins.plugins.argopreflight.engine.facts.Facts;
import io.jenkins.plugins.argopreflight.engine.render.Remediation;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Findings on containers that the user did not write: which setting they name, and whether its YAML fixes them. */
@ExtendWith(InRun.class)
class SettingFixTest {

    private static final String OPERATORS =
            "# operators:\nkubectl patch configmap workflow-controller-configmap -n argo";
    private static final String USER = "image: registry.example.com/team/image:v1.2, command: [make], resources:"
            + " {requests: {cpu: 10m}, limits: {cpu: 10m}}, securityContext: {runAsUser: 1000, runAsNonRoot: true,"
            + " allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}, seccompProfile: {type: RuntimeDefault}}";

    /** Templates by the kind of pod that they make. */
    private static final Map<String, String> TEMPLATES = Map.of(
            "container",
            "container: {" + USER + "}",
            "resource",
            "resource: {action: create, manifest: 'kind: ConfigMap'}",
            "data",
            "data: {source: {artifactPaths: {name: a, s3: {key: k}}}, transformation: [{expression: 'data'}]}",
            "agent",
            "http: {url: 'http://example.com'}",
            "gc",
            "container: {" + USER + "}\n    outputs: {artifacts: [{name: o, path: /o}]}",
            "initless",
            "container: {" + USER + "}",
            "driver",
            "container: {" + USER + "}\n    outputs: {artifacts: [{name: o, path: /o, plugin: {name: tool, key: k}}]}");

    /** The controller's executor setting that breaks a rule, and the objects that rule. */
    private static final Map<String, String> EXECUTOR = Map.of(
            "limit-range", "resources: {requests: {cpu: 1}, limits: {cpu: 2}}",
            "resources-too-large", "resources: {requests: {cpu: 64}, limits: {cpu: 64}}",
            "privileged-container", "securityContext: {privileged: true}",
            "capability-prefix", "securityContext: {capabilities: {add: [CAP_NET_ADMIN]}}",
            "container-fs-group", "securityContext: {fsGroup: 5}",
            "pull-policy-never", "imagePullPolicy: Never",
            "server-verdict", "resources: {requests: {cpu: 2}, limits: {cpu: 1}}",
            "run-as-non-root", "securityContext: {runAsNonRoot: true}");

    private static final Map<String, String> OBJECTS = Map.of("quota", """
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: all, namespace: ci}
        spec: {hard: {limits.cpu: "9"}}
        status: {hard: {limits.cpu: "9"}, used: {limits.cpu: "0"}}
        """, "limit-range", """
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: {name: all, namespace: ci}
        spec: {limits: [{type: Container, max: {cpu: "RANGE"}}]}
        """);

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "{0}: {1} of {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "quota | init, wait | container | executor | fixes",
                "quota | main | resource | executor | fixes",
                "quota | init, main | data | executor | fixes",
                "quota | artifact-plugin-tool | driver | executor | fixes",
                "limit-range | init, wait | container | executor | fixes",
                "limit-range | init, main | resource | executor | fixes",
                "limit-range | init, main | agent | ARGO_AGENT_CPU_LIMIT | fixes",
                "limit-range | main | gc | no setting of the controller changes it | fixes",
                "resources-too-large | init | container | executor |",
                "privileged-container | init | container | executor | fixes",
                "privileged-container | main | data | executor | fixes",
                "privileged-container | artifact-plugin-tool | driver | executor |",
                "capability-prefix | wait | container | executor |",
                "container-fs-group | wait | container | executor |",
                "pull-policy-never | init, wait | container | executor | fixes",
                "pull-policy-never | main | resource | executor | fixes",
                "run-as-non-root | init, wait | container | executor | fixes",
                "server-verdict | wait | container | executor |",
                "pod-security | init, wait | container | executor | fixes",
                "executor-image | init, wait | container | executor | fixes",
                "executor-image | main | gc | executor | fixes",
                "executor-image | init, main | agent | executor | fixes",
                "quota | supervisor | initless | executor | fixes",
                "limit-range | supervisor | initless | executor | fixes",
                "limit-range | artifact-plugin-tool | driver | executor | fixes",
                "resources-too-large | supervisor | initless | executor |",
                "privileged-container | supervisor | initless | executor | fixes",
                "capability-prefix | supervisor | initless | executor |",
                "container-fs-group | artifact-plugin-tool | driver | executor |",
                "pull-policy-never | supervisor, argoexec-bin | initless | executor | fixes",
                "run-as-non-root | supervisor | initless | executor | fixes",
                "run-as-non-root | main | resource | executor | fixes",
                "server-verdict | supervisor | initless | executor |",
                "server-verdict | main | data | executor |",
                "pod-security | supervisor | initless | executor | fixes",
                "executor-image | supervisor, argoexec-bin | initless | executor | fixes",
                "image-not-found | artifact-plugin-tool | driver | artifactDrivers |",
                "admission-policy | init, wait | container | executor |",
                "admission-policy | supervisor | initless | executor |",
                "admission-policy | artifact-plugin-tool | driver | executor |",
                "admission-policy | init, main | agent | ARGO_AGENT_CPU_LIMIT |",
                "admission-policy | main | gc | no setting of the controller changes it |",
            })
    void shouldNameTheSetting(String check, String containers, String kind, String operators, String fixes)
            throws IOException {
        write(check, kind, "");
        List<Finding> findings = findings(check, kind);
        Set<String> patched = new TreeSet<>();
        assertThat(findings).as("findings on " + containers).isNotEmpty().allSatisfy(finding -> {
            assertThat(finding.remediation()).as("for operators").anySatisfy(block -> {
                boolean executor = operators.equals("executor");
                assertThat(block).contains(executor ? OPERATORS : operators);
                if (executor) {
                    String heredoc = block.replaceFirst("(?s).*<<'EOF'\n", "").replaceFirst("EOF$", "");
                    assertThat(yaml(yaml(heredoc).path("data").path("executor").asText()))
                            .isNotEmpty();
                }
            });
            JsonNode patch = patch(finding, kind);
            List<String> named = new ArrayList<>();
            for (String list : List.of("initContainers", "containers", "volumes")) {
                patch.path(list).forEach(each -> named.add(each.path("name").asText()));
            }
            patched.addAll(named);
        });
        assertThat(patched).as("for teams").contains(containers.split(", "));
        if (fixes != null) {
            ObjectNode merged = (ObjectNode) patch(findings.get(0), kind);
            write(check, kind, merged.toString().replace("IMAGE", "quay.io/argoproj/argoexec:v4.0.4"));
            assertThat(findings(check, kind)).as("after the patch").isEmpty();
        }
    }

    private List<Finding> findings(String check, String kind) throws IOException {
        List<Check> one = Checks.all().stream()
                .filter(each -> each.info().id().equals(check))
                .toList();
        String pod = kind.equals("gc") ? "-artgc-" : kind.equals("agent") ? "-agent" : "build";
        boolean recorded = Files.exists(folder.resolve("admissions.yaml"));
        Facts facts =
                recorded ? FactsOf.folder(folder, folder.resolve("cluster"), "ci") : FactsOf.admitted(folder, "ci");
        List<Finding> all = new CheckRunner(one).run(facts).get(0).findings();
        return all.stream()
                .filter(finding -> finding.outcome() != Outcome.UNKNOWN)
                .filter(finding -> finding.pods().stream().anyMatch(name -> name.contains(pod)))
                .map(Remediation::inShell)
                .toList();
    }

    private static JsonNode yaml(String block) {
        return new ManifestReader().value("remediation", block);
    }

    private static JsonNode patch(Finding finding, String kind) {
        String block = finding.remediation().stream()
                .filter(each -> each.contains("podSpecPatch") && each.contains("name:"))
                .filter(each -> each.contains("artifactGC") == kind.equals("gc"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no patch in " + finding.remediation()));
        assertThat(block).startsWith("# or, without access to the controller: in the workflow");
        JsonNode spec = yaml(block).path("spec");
        String patch = (kind.equals("gc") ? spec.path("artifactGC") : spec)
                .path("podSpecPatch")
                .asText();
        return yaml(patch);
    }

    private void write(String check, String kind, String patch) throws IOException {
        boolean tagged = !check.equals("executor-image");
        boolean initless = kind.equals("initless");
        Files.createDirectories(folder.resolve("cluster"));
        if (check.equals("admission-policy")) {
            Files.writeString(
                    folder.resolve("admissions.yaml"),
                    "pods: 'admission webhook \"policy.example.com\" denied the request: every container must set"
                            + " resources.limits.cpu'\n");
        }
        Files.writeString(folder.resolve("workflow.yaml"), """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build, namespace: ci}
            spec:
              entrypoint: main
              securityContext: %s
              artifactGC: {strategy: %s, podSpecPatch: '%s'}
              podSpecPatch: '%s'
              templates:
              - name: main
                %s
            """.formatted(
                        check.equals("pod-security")
                                ? "{runAsUser: 1000, runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}"
                                : "{}",
                        kind.equals("gc") ? "OnWorkflowDeletion" : "Never",
                        kind.equals("gc") ? patch : "",
                        kind.equals("gc") ? "" : patch,
                        TEMPLATES.get(kind)));
        Files.writeString(folder.resolve("cluster/snapshot.yaml"), """
            apiVersion: argo-preflight/v1
            kind: Snapshot
            kubernetes: v1.34.4
            argo: {version: ARGO, namespace: argo, serviceAccount: argo}
            identity: {user: jenkins, groups: [system:authenticated]}
            complete:
            - namespaces: [ci]
              resources: [serviceaccounts, configmaps, secrets, resourcequotas, limitranges]
            - namespaces: [argo]
              resources: [configmaps]
            - resources: [nodes, namespaces, priorityclasses.scheduling.k8s.io, runtimeclasses.node.k8s.io]
            """.replace("ARGO", initless ? "v4.1.2" : "v4.0.5"));
        Files.writeString(
                folder.resolve("cluster/objects.yaml"),
                """
                apiVersion: v1
                kind: Namespace
                metadata:
                  name: ci
                  labels: {pod-security.kubernetes.io/enforce: %s}
                ---
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: default, namespace: ci}
                ---
                apiVersion: v1
                kind: Node
                metadata: {name: node-1, labels: {kubernetes.io/os: linux, kubernetes.io/arch: amd64}}
                status:
                  allocatable: {cpu: "4", memory: 8Gi, pods: "110"}
                  nodeInfo: {architecture: amd64, operatingSystem: linux, containerRuntimeVersion: containerd://2.1.5}
                  conditions: [{type: Ready, status: "True"}]
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: workflow-controller-configmap, namespace: argo}
                data:
                  executor: "%s"
                  artifactDrivers: "[{name: tool, image: 'registry.example.com/team/image:%s'}]"
                  initlessPod: "enabled: %s"
                  artifactRepository: "s3: {bucket: builds, endpoint: 's3:9000'}"
                """.formatted(
                                        check.equals("pod-security") ? "restricted" : "privileged",
                                        EXECUTOR.getOrDefault(check, "{}"),
                                        check.equals("image-not-found") ? "v9" : "v1.2",
                                        initless)
                        + OBJECTS.getOrDefault(check, "")
                                .replace("RANGE", kind.equals("agent") || kind.equals("gc") ? "50m" : "1"));
        Files.writeString(
                folder.resolve("registry.yaml"), """
                    apiVersion: argo-preflight/v1
                    kind: RegistrySnapshot
                    registries:
                    - registry: registry.example.com
                      authentication: none
                      repositories:
                      - repository: team/image
                        anonymousPull: true
                        tags:
                        - {tag: v1.2, digest: "sha256:a0f07b28a2aa3a31f11211a630708f4ce080f98a8f3dfcef657b614901f25176", platforms: [linux/amd64], config: {Cmd: [sh]}}
                    - registry: quay.io
                      authentication: none
                      repositories:
                      - repository: argoproj/argoexec
                        anonymousPull: true
                        tags:
                        - {tag: %s, digest: "sha256:b0f07b28a2aa3a31f11211a630708f4ce080f98a8f3dfcef657b614901f25176", platforms: [linux/amd64], config: {Entrypoint: [argoexec]}}
                    """.formatted(tagged ? initless ? "v4.1.2" : "v4.0.5" : "v4.0.4"));
    }
}

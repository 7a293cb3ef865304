package io.jenkins.plugins.argopreflight.engine.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.Stream;

/** The mistakes between a workflow, the API server and the nodes, each with the fixes that its finding names. */
final class PermissionMistakes {

    private PermissionMistakes() {}

    static Stream<Mistake> all() {
        return Stream.of(rbac(), podSecurity(), hostPath(), quota(), nodeSelector())
                .flatMap(List::stream);
    }

    private static List<Mistake> rbac() {
        return List.of(
                Mistake.of("403: the executor's Role is not bound")
                        .change(stage -> stage.kubectl("delete rolebinding executor -n CI"))
                        .finding("may-run", "ServiceAccount CI/default")
                        .remedy((stage, found) -> new Paste(stage).kubectl(found, 0)),
                Mistake.of("403: the executor's Role lacks a verb")
                        .change(stage -> stage.kubectl("patch role executor -n CI --type=json -p"
                                + " '[{\"op\": \"replace\", \"path\": \"/rules/0/verbs\", \"value\": [\"create\"]}]'"))
                        .finding("may-run", "Role CI/executor rules[0].verbs")
                        .remedy((stage, found) -> new Paste(stage).kubectl(found, 0)),
                Mistake.of("403: the executor's Role is bound in another namespace")
                        .change(stage ->
                                stage.kubectl("patch rolebinding executor -n CI --type=json -p '[{\"op\": \"replace\","
                                        + " \"path\": \"/subjects/0/namespace\", \"value\": \"ARGO\"}]'"))
                        .finding("may-run", "RoleBinding CI/executor subjects[0]")
                        .remedy((stage, found) -> new Paste(stage).kubectl(found, 0)),
                Mistake.of("403: the Role that everybody writes, for pods")
                        .change(stage ->
                                stage.kubectl("patch role executor -n CI -p '{\"rules\": [{\"apiGroups\": [\"\"],"
                                        + " \"resources\": [\"pods\"], \"verbs\": [\"create\", \"get\", \"list\"]}]}'"))
                        .finding("may-run", "ServiceAccount CI/default")
                        .remedy((stage, found) -> new Paste(stage).kubectl(found, 0)),
                Mistake.of("403: who submits may not create workflows")
                        .submitter(Stage::submitter)
                        .change(stage -> stage.kubectl("delete rolebinding submitters -n CI"))
                        .finding("may-submit", "User /SUBMITTER")
                        .remedy((stage, found) -> new Paste(stage).kubectl(found, 0)),
                Mistake.of("403: the controller may not create pods")
                        .change(stage -> stage.kubectl("patch role argo -n CI --type=json -p '[{\"op\": \"replace\","
                                + " \"path\": \"/rules/0/verbs\", \"value\": [\"get\", \"list\", \"watch\"]}]'"))
                        .finding("may-control", "Role CI/argo rules[0].verbs")
                        .remedy((stage, found) -> new Paste(stage).kubectl(found, 0)));
    }

    private static final String POD_LEVEL = """
            runAsNonRoot: true
            runAsUser: 1000
            seccompProfile: {type: RuntimeDefault}
            """;
    private static final String CONTAINER_LEVEL = """
            allowPrivilegeEscalation: false
            capabilities: {drop: [ALL]}
            """;

    private static List<Mistake> podSecurity() {
        Mistake mistake = Mistake.of("Pod Security")
                .twin(stage -> {
                    stage.kubectl("label namespace CI pod-security.kubernetes.io/enforce=restricted");
                    stage.spec().set("securityContext", Stage.yaml(POD_LEVEL));
                    stage.container().set("securityContext", Stage.yaml(CONTAINER_LEVEL));
                    ObjectNode executor = Stage.yaml("image: HOST/team/argoexec:v4.0.5");
                    executor.set("securityContext", Stage.yaml(CONTAINER_LEVEL));
                    stage.setting("executor", executor);
                })
                .change(stage -> {
                    stage.spec().remove("securityContext");
                    stage.container().remove("securityContext");
                    stage.setting("executor", Stage.yaml("image: HOST/team/argoexec:v4.0.5"));
                })
                .finding("pod-security", "Workflow CI/build- spec.securityContext");
        return List.of(
                mistake.remedy((stage, found) -> {
                    assertThat(found.evidence())
                            .contains("checked as user system:serviceaccount:" + stage.argo() + ":argo");
                    new Paste(stage).into(stage.workflow(), found, 0);
                    new Paste(stage).into(stage.container(), found, 1);
                    new Paste(stage).kubectl(found, 2);
                }),
                mistake.remedy((stage, found) -> {
                    new Paste(stage).into(stage.workflow(), found, 0);
                    new Paste(stage).into(stage.container(), found, 1);
                    new Paste(stage).into(stage.workflow(), found, 3);
                }));
    }

    private static List<Mistake> hostPath() {
        Mistake mistake = Mistake.of("UID on hostPath")
                .twin(stage -> {
                    stage.container().set("securityContext", Stage.yaml("runAsUser: 1000"));
                    stage.container()
                            .set(
                                    "volumeMounts",
                                    Stage.yaml("a: [{name: work, mountPath: /work}]")
                                            .path("a"));
                    stage.spec()
                            .set(
                                    "volumes",
                                    Stage.yaml("a: [{name: work, emptyDir: {}}]")
                                            .path("a"));
                })
                .change(stage -> stage.spec()
                        .set(
                                "volumes",
                                Stage.yaml("a: [{name: work, hostPath: {path: /tmp/argo, type: DirectoryOrCreate}}]")
                                        .path("a")))
                .finding("host-path-ownership", "Workflow CI/build- spec.volumes[0].hostPath");
        return List.of(
                mistake.remedy((stage, found) -> new Paste(stage).into(stage.workflow(), found, 0)),
                mistake.remedy((stage, found) -> {
                    assertThat(Paste.fix(found, 1)).contains("type: Directory", "install -d -m 0775 -o 1000 /tmp/argo");
                    ((ObjectNode) stage.spec().at("/volumes/0/hostPath")).put("type", "Directory");
                }));
    }

    private static final String QUOTA = """
            apiVersion: v1
            kind: ResourceQuota
            metadata: {name: compute, namespace: CI}
            spec: {hard: {limits.cpu: "HARD"}}
            """;
    private static final String RESOURCES = "limits: {cpu: 500m}";

    private static List<Mistake> quota() {
        Mistake unspecified = Mistake.of("quota: must specify limits")
                .twin(stage -> {
                    stage.apply(QUOTA.replace("HARD", "4"));
                    stage.count("compute", "0");
                    stage.container().set("resources", Stage.yaml(RESOURCES));
                    ObjectNode executor = Stage.yaml("image: HOST/team/argoexec:v4.0.5");
                    executor.set("resources", Stage.yaml(RESOURCES));
                    stage.setting("executor", executor);
                })
                .change(stage -> {
                    stage.container().remove("resources");
                    stage.setting("executor", Stage.yaml("image: HOST/team/argoexec:v4.0.5"));
                })
                .finding("quota", "Workflow CI/build- spec.templates[0].container.resources");
        return List.of(
                unspecified.remedy((stage, found) -> {
                    new Paste(stage).kubectl(found, 0);
                    new Paste(stage).into(stage.container(), found, 2);
                }),
                unspecified.remedy((stage, found) -> new Paste(stage).kubectl(found, 3)),
                unspecified.remedy((stage, found) -> {
                    new Paste(stage).into(stage.container(), found, 2);
                    new Paste(stage).into(stage.workflow(), found, 1);
                }),
                exceeded("quota: other pods use it up", "2", "1"),
                exceeded("quota: it never fits", "1", "0"));
    }

    private static Mistake exceeded(String title, String hard, String used) {
        return Mistake.of(title)
                .twin(stage -> {
                    stage.apply(QUOTA.replace("HARD", "4"));
                    stage.count("compute", used);
                    stage.container().set("resources", Stage.yaml("limits: {cpu: 500m}"));
                    ObjectNode executor = Stage.yaml("image: HOST/team/argoexec:v4.0.5");
                    executor.set("resources", Stage.yaml(RESOURCES));
                    stage.setting("executor", executor);
                })
                .change(stage -> {
                    stage.apply(QUOTA.replace("HARD", hard));
                    stage.count("compute", used);
                    stage.container().set("resources", Stage.yaml("limits: {cpu: 1}"));
                })
                .finding("quota", "ResourceQuota CI/compute spec.hard")
                .remedy((stage, found) -> {
                    new Paste(stage).kubectl(found, 0);
                    stage.count("compute", used);
                });
    }

    private static List<Mistake> nodeSelector() {
        return List.of(Mistake.of("nodeSelector")
                .change(stage -> stage.spec().set("nodeSelector", Stage.yaml("disk: CI")))
                .finding("node-selector-no-match", "Workflow CI/build- spec.nodeSelector")
                .remedy((stage, found) -> new Paste(stage).kubectl(found, 0)));
    }
}

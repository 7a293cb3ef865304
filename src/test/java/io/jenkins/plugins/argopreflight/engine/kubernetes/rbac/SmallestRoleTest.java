package io.jenkins.plugins.argopreflight.engine.kubernetes.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallestRoleTest {

    private static final Right GET = Right.of("get", "", "secrets", "ci");

    @Test
    void shouldMergeVerbsAndBindToTheServiceAccount() {
        String yaml = SmallestRole.yaml(
                List.of(
                        Right.of("update", "", "secrets", "ci").named("regcred"),
                        GET.named("regcred"),
                        Right.of("create", "", "secrets", "ci").named("regcred"),
                        Right.of("list", "", "pods", "ci")),
                "system:serviceaccount:jenkins:deployer");

        assertThat(yaml.replaceAll("argo-preflight-[0-9a-f]+", "NAME")).isEqualTo("""
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: Role
                        metadata:
                          name: NAME
                          namespace: "ci"
                        rules:
                        - apiGroups: [""]
                          resources: ["pods"]
                          verbs: ["list"]
                        - # create cannot be limited by resourceNames: its request carries no name
                          apiGroups: [""]
                          resources: ["secrets"]
                          verbs: ["create"]
                        - apiGroups: [""]
                          resources: ["secrets"]
                          resourceNames: ["regcred"]
                          verbs: ["get", "update"]
                        ---
                        apiVersion: rbac.authorization.k8s.io/v1
                        kind: RoleBinding
                        metadata:
                          name: NAME
                          namespace: "ci"
                        roleRef:
                          apiGroup: rbac.authorization.k8s.io
                          kind: Role
                          name: NAME
                        subjects:
                        - kind: ServiceAccount
                          name: "deployer"
                          namespace: "jenkins"
                        """);
    }

    @Test
    void shouldWriteOneRoleANamespaceAndAClusterRoleForTheRest() {
        String yaml = SmallestRole.yaml(
                List.of(GET, Right.of("get", "", "secrets", "argo"), Right.of("list", "", "namespaces", "")), "jane");

        assertThat(yaml.split("---\n")).hasSize(6);
        assertThat(yaml).contains("kind: ClusterRole\n", "kind: ClusterRoleBinding\n", "name: \"jane\"\n");
    }

    @Test
    void shouldDropANamedRightThatTheNamelessOneCovers() {
        assertThat(SmallestRole.yaml(List.of(GET, GET.named("regcred")), "jane"))
                .doesNotContain("resourceNames");
    }

    @Test
    void shouldNameTheRoleAfterItsRules() {
        String one = SmallestRole.yaml(List.of(GET), "jane");

        assertThat(SmallestRole.yaml(List.of(GET), "jane")).isEqualTo(one);
        String other = SmallestRole.yaml(List.of(Right.of("list", "", "secrets", "ci")), "jane");
        assertThat(other.split("\n")[3]).isNotEqualTo(one.split("\n")[3]);
    }

    @Test
    void shouldSayHowToFillInAnUnknownUser() {
        assertThat(SmallestRole.yaml(List.of(GET), "")).contains("name: \"YOUR-USER\" # kubectl auth whoami");
    }
}

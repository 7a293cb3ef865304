package io.jenkins.plugins.argopreflight.offline.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Parallel;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.json.Json;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class MemoryClusterTest {

    private static final String REGCRED = """
        apiVersion: v1
        kind: Secret
        metadata: {name: regcred, namespace: ci, labels: {team: a}}
        type: kubernetes.io/dockerconfigjson
        stringData: {.dockerconfigjson: '{"auths":{}}'}
        """;

    private final MemoryCluster cluster = MemoryCluster.of(REGCRED);

    @Test
    void shouldFoldStringDataAndStampWhatIsLoaded() {
        ObjectNode secret = cluster.get(Resource.SECRETS, "ci", "regcred").orElseThrow();

        assertThat(Json.text(secret, "data", ".dockerconfigjson")).isEqualTo("eyJhdXRocyI6e319");
        assertThat(secret.has("stringData")).isFalse();
        assertThat(KubeObjects.uid(secret)).isNotEmpty();
        assertThat(Json.text(secret, "metadata", "creationTimestamp")).isNotEmpty();
    }

    @Test
    void shouldMakeTheNamespaceOfWhatIsLoadedWithItsDefaultServiceAccount() {
        assertThat(cluster.list(Resource.NAMESPACES, "", "", "status.phase=Active"))
                .hasSize(1);
        assertThat(cluster.get(Resource.SERVICE_ACCOUNTS, "ci", "default")).isPresent();
    }

    @Test
    void shouldFindByLabelAndField() {
        assertThat(cluster.list(Resource.SECRETS, "", "team in (a, b),!x", "metadata.name=regcred"))
                .hasSize(1);
        assertThat(cluster.list(Resource.SECRETS, "ci", "team!=a", "")).isEmpty();
        assertThat(cluster.list(Resource.SECRETS, "c", "", "")).isEmpty();
    }

    @Test
    void shouldAnswerTheVersionThatItWasGiven() {
        assertThat(cluster.version()).isEqualTo("v1.34.4");

        cluster.setVersion("v1.28.15");

        assertThat(cluster.version()).isEqualTo("v1.28.15");
    }

    @Test
    void shouldStoreNothingInADryRun() {
        ObjectNode account = KubeObjects.of(Resource.SERVICE_ACCOUNTS, "ci", "argo");

        assertThat(KubeObjects.uid(cluster.create(Resource.SERVICE_ACCOUNTS, account, WriteMode.DRY_RUN)))
                .isNotEmpty();
        assertThat(cluster.get(Resource.SERVICE_ACCOUNTS, "ci", "argo")).isEmpty();
        assertThat(cluster.requests())
                .containsExactly("create serviceaccounts ci/argo (dry run)", "get serviceaccounts ci/argo");
    }

    @Test
    void shouldKeepTheResourceVersionOfAnUnchangedObject() {
        ObjectNode secret = cluster.get(Resource.SECRETS, "ci", "regcred").orElseThrow();

        assertThat(cluster.replace(Resource.SECRETS, secret, WriteMode.REAL)).isEqualTo(secret);
    }

    @Test
    void shouldLoseNoneOfManyConcurrentEditors() {
        List<String> names = IntStream.range(0, 50).mapToObj(i -> "secret-" + i).toList();

        Parallel.forEach(names, 16, name -> {
            for (boolean done = false; !done; ) {
                ObjectNode account = cluster.get(Resource.SERVICE_ACCOUNTS, "ci", "default")
                        .orElseThrow()
                        .deepCopy();
                KubeObjects.addName(account, "imagePullSecrets", name);
                try {
                    cluster.replace(Resource.SERVICE_ACCOUNTS, account, WriteMode.REAL);
                    done = true;
                } catch (ClusterException e) {
                    assertThat(e.kind()).isEqualTo(ClusterException.Kind.CONFLICT);
                }
            }
        });

        assertThat(KubeObjects.names(cluster.get(Resource.SERVICE_ACCOUNTS, "ci", "default")
                        .orElseThrow()
                        .path("imagePullSecrets")))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void shouldForbidInTheServersWords() {
        cluster.deny(Right.of("get", "", "secrets", "ci").named("regcred"));

        ClusterException refused =
                catchThrowableOfType(ClusterException.class, () -> cluster.get(Resource.SECRETS, "ci", "regcred"));

        assertThat(refused.kind()).isEqualTo(ClusterException.Kind.FORBIDDEN);
        assertThat(refused)
                .hasMessage("secrets \"regcred\" is forbidden: User \"kubernetes-admin\" cannot get resource"
                        + " \"secrets\" in API group \"\" in the namespace \"ci\"");
    }

    @Test
    void shouldGrantWhatRolesGrant() {
        cluster.load("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: reader, namespace: ci}
            rules: [{apiGroups: [""], resources: [secrets], verbs: [get], resourceNames: [regcred]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: reader, namespace: ci}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
            subjects: [{kind: ServiceAccount, name: bot}]
            """);
        cluster.actAs("system:serviceaccount:ci:bot");

        assertThat(cluster.get(Resource.SECRETS, "ci", "regcred")).isPresent();
        assertThat(catchThrowableOfType(ClusterException.class, () -> cluster.list(Resource.SECRETS, "ci", "", "")))
                .hasMessage("secrets is forbidden: User \"system:serviceaccount:ci:bot\" cannot list resource"
                        + " \"secrets\" in API group \"\" in the namespace \"ci\"");
    }
}

package io.jenkins.plugins.argopreflight.engine.facts.change;

import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.CONFIG_MAPS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.DEPLOYMENTS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.LIMIT_RANGES;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.LOCAL_SUBJECT_ACCESS_REVIEWS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.PODS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.RESOURCE_QUOTAS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.ROLES;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.ROLE_BINDINGS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SECRETS;
import static io.jenkins.plugins.argopreflight.engine.model.object.Resource.SERVICE_ACCOUNTS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StateComparisonTest {

    private static final String OBJECTS = """
        apiVersion: v1
        kind: Secret
        metadata: {name: regcred, namespace: ci}
        stringData: {password: s3cr3t-canary}
        ---
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: build, namespace: ci}
        imagePullSecrets: [{name: regcred}]
        ---
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: q, namespace: ci}
        spec: {hard: {limits.cpu: "4", pods: "10"}}
        ---
        apiVersion: v1
        kind: LimitRange
        metadata: {name: l, namespace: ci}
        spec: {limits: [{type: Container, default: {cpu: "1"}}]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: executor, namespace: ci}
        rules:
        - {apiGroups: [argoproj.io], resources: [workflowtaskresults], verbs: [create]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: executor, namespace: ci}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: executor}
        subjects: [{kind: ServiceAccount, name: build}]
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: unrelated, namespace: ci}
        rules: []
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: workflow-controller, namespace: argo}
        spec:
          template:
            spec:
              containers:
              - name: workflow-controller
                image: quay.io/argoproj/workflow-controller:v4.0.4
                args: [--loglevel, info]
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: workflow-controller-configmap, namespace: argo}
        data: {executor: "image: x", parallelism: "5"}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings, namespace: ci}
        data: {a: b}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: build-1, namespace: ci, labels: {workflows.argoproj.io/workflow: build}}
        spec: {serviceAccountName: build, containers: [{name: main, image: "registry.example.com/app:1"}]}
        status:
          containerStatuses:
          - {name: main, imageID: "registry.example.com/app@sha256:ab12000000000000"}
        """;

    private final MemoryCluster cluster = MemoryCluster.of(OBJECTS);

    private RecordedState read(Consumer<ClusterGateway> requests) {
        StateRecorder recorder = new StateRecorder();
        requests.accept(recorder.around(cluster));
        return recorder.state();
    }

    private RecordedState all() {
        return read(gateway -> {
            gateway.get(SERVICE_ACCOUNTS, "ci", "build");
            gateway.get(SECRETS, "ci", "regcred");
            gateway.get(SECRETS, "ci", "other");
            gateway.get(CONFIG_MAPS, "ci", "settings");
            gateway.get(CONFIG_MAPS, "argo", "workflow-controller-configmap");
            for (Resource kind : List.of(RESOURCE_QUOTAS, LIMIT_RANGES, ROLES, ROLE_BINDINGS)) {
                gateway.list(kind, "ci", "", "");
            }
            gateway.list(DEPLOYMENTS, "argo", "", "");
            gateway.list(PODS, "ci", "workflows.argoproj.io/workflow=build", "");
            ObjectNode review = KubeObjects.of(LOCAL_SUBJECT_ACCESS_REVIEWS, "ci", "");
            review.putObject("spec")
                    .put("user", "system:serviceaccount:ci:build")
                    .putObject("resourceAttributes")
                    .put("verb", "create")
                    .put("group", "argoproj.io")
                    .put("resource", "workflowtaskresults")
                    .put("namespace", "ci");
            gateway.create(LOCAL_SUBJECT_ACCESS_REVIEWS, review, WriteMode.REAL);
        });
    }

    private void change(Resource resource, String namespace, String name, Consumer<ObjectNode> change) {
        ObjectNode object = cluster.get(resource, namespace, name).orElseThrow().deepCopy();
        change.accept(object);
        cluster.replace(resource, object, WriteMode.REAL);
    }

    private List<String> changes(Runnable change) {
        RecordedState before = all();
        change.run();
        return messages(before, all());
    }

    private static List<String> messages(RecordedState before, RecordedState now) {
        return StateComparison.of(before, now).changes().stream()
                .map(Change::message)
                .toList();
    }

    @Test
    void shouldFindNothingWhereNothingChanged() {
        RecordedState state = all();

        assertThat(StateComparison.of(state, all()).changes()).isEmpty();
        assertThat(StateComparison.of(state, all()).compared())
                .isEqualTo(state.objects().size());
    }

    @Test
    void shouldNameAChangedSecret() {
        assertThat(changes(() -> change(
                        SECRETS,
                        "ci",
                        "regcred",
                        secret ->
                                KubeObjects.metadata(secret).putObject("labels").put("a", "b"))))
                .containsExactly("Secret ci/regcred was changed");
    }

    @Test
    void shouldNameASecretThatWasDeletedCreatedOrBoth() {
        assertThat(changes(() -> cluster.delete(SECRETS, "ci", "regcred", "", "", WriteMode.REAL)))
                .containsExactly("Secret ci/regcred was deleted");
        assertThat(changes(() -> cluster.load(OBJECTS.substring(0, OBJECTS.indexOf("---")))))
                .containsExactly("Secret ci/regcred was created");
        assertThat(changes(() -> {
                    cluster.delete(SECRETS, "ci", "regcred", "", "", WriteMode.REAL);
                    cluster.load(OBJECTS.substring(0, OBJECTS.indexOf("---")));
                }))
                .containsExactly("Secret ci/regcred was deleted and created again");
    }

    @Test
    void shouldRecordNothingOfASecretsContent() throws Exception {
        String json = new ObjectMapper().writeValueAsString(all());

        assertThat(json).contains("regcred").doesNotContain("canary", "password", "data");
        assertThat(all().objects())
                .filteredOn(object -> object.kind().equals("Secret"))
                .allSatisfy(secret -> assertThat(secret.fields()).isEmpty());
    }

    @Test
    void shouldNameThePullSecretsThatAServiceAccountLostAndGot() {
        assertThat(changes(() -> change(
                        SERVICE_ACCOUNTS,
                        "ci",
                        "build",
                        account ->
                                account.putArray("imagePullSecrets").addObject().put("name", "other"))))
                .containsExactly(
                        "ServiceAccount ci/build lost pull Secret regcred",
                        "ServiceAccount ci/build got pull Secret other");
    }

    @Test
    void shouldNameAnotherChangeOfAServiceAccount() {
        assertThat(changes(() -> change(
                        SERVICE_ACCOUNTS,
                        "ci",
                        "build",
                        account -> account.put("automountServiceAccountToken", false))))
                .containsExactly("ServiceAccount ci/build was changed");
    }

    @Test
    void shouldIgnoreAServiceAccountThatIsAsItWas() {
        assertThat(changes(() -> {
                    change(
                            SERVICE_ACCOUNTS,
                            "ci",
                            "build",
                            account -> account.put("automountServiceAccountToken", false));
                    change(SERVICE_ACCOUNTS, "ci", "build", account -> account.remove("automountServiceAccountToken"));
                }))
                .isEmpty();
    }

    @Test
    void shouldIgnoreThatABlockCreatedItsSecretAgain() {
        String ours = OBJECTS.substring(0, OBJECTS.indexOf("---"))
                .replace("namespace: ci", "namespace: ci, labels: {app.kubernetes.io/managed-by: argo-preflight}");
        cluster.load(ours);
        assertThat(changes(() -> {
                    cluster.delete(SECRETS, "ci", "regcred", "", "", WriteMode.REAL);
                    cluster.load(ours);
                }))
                .isEmpty();
        assertThat(changes(() -> change(SECRETS, "ci", "regcred", secret -> secret.put("immutable", true))))
                .containsExactly("Secret ci/regcred was changed");
    }

    @Test
    void shouldNameChangedLimits() {
        assertThat(changes(() -> {
                    change(RESOURCE_QUOTAS, "ci", "q", quota -> {
                        quota.withObject("/spec/hard").put("limits.cpu", "2").put("secrets", "5");
                        quota.withObject("/spec/hard").remove("pods");
                    });
                    change(
                            LIMIT_RANGES,
                            "ci",
                            "l",
                            range -> ((ObjectNode) range.at("/spec/limits/0/default")).put("cpu", "2"));
                }))
                .containsExactly(
                        "ResourceQuota ci/q: limits.cpu 4 → 2",
                        "ResourceQuota ci/q: pods 10 → none",
                        "ResourceQuota ci/q: secrets none → 5",
                        "LimitRange ci/l: Container default cpu 1 → 2");
    }

    @Test
    void shouldIgnoreTheStatusOfAQuota() {
        assertThat(changes(() -> change(
                        RESOURCE_QUOTAS,
                        "ci",
                        "q",
                        quota -> quota.withObject("/status/used").put("pods", "3"))))
                .isEmpty();
    }

    @Test
    void shouldNameAQuotaThatIsNewInACompleteList() {
        assertThat(changes(() -> cluster.load("""
            apiVersion: v1
            kind: ResourceQuota
            metadata: {name: new, namespace: ci}
            spec: {hard: {pods: "1"}}
            """))).containsExactly("ResourceQuota ci/new was created");
        assertThat(changes(() -> cluster.delete(RESOURCE_QUOTAS, "ci", "new", "", "", WriteMode.REAL)))
                .containsExactly("ResourceQuota ci/new was deleted");
    }

    @Test
    void shouldNameTheRightAndTheRoleOfAnAccount() {
        assertThat(changes(() -> {
                    change(ROLES, "ci", "executor", role -> role.putArray("rules"));
                    change(
                            ROLES,
                            "ci",
                            "unrelated",
                            role -> KubeObjects.metadata(role)
                                    .putObject("labels")
                                    .put("a", "b"));
                }))
                .containsExactlyInAnyOrder(
                        "ServiceAccount ci/build is no longer allowed to create workflowtaskresults.argoproj.io in"
                                + " namespace ci",
                        "Role ci/executor was changed");
    }

    @ParameterizedTest
    @CsvSource({
        "ServiceAccount, build, ci, true",
        "ServiceAccount, build, '', true",
        "ServiceAccount, build, argo, false",
        "ServiceAccount, other, ci, false",
        "User, system:serviceaccount:ci:build, '', true",
        "User, ci/build, '', false",
        "User, system:authenticated, '', false",
        "Group, system:authenticated, '', true",
        "Group, system:serviceaccounts, '', true",
        "Group, system:serviceaccounts:ci, '', true",
        "Group, system:serviceaccounts:c, '', false",
        "Group, ci/build, '', false",
    })
    void shouldNameOnlyBindingsOfAccountsOfTheRun(String kind, String name, String namespace, boolean isOurs) {
        cluster.load("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: more, namespace: ci}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: unrelated}
            subjects: [{kind: %s, name: '%s', namespace: '%s'}]
            """.formatted(kind, name, namespace));

        assertThat(changes(() -> change(
                        ROLE_BINDINGS,
                        "ci",
                        "more",
                        binding -> KubeObjects.metadata(binding)
                                .putObject("labels")
                                .put("a", "b"))))
                .hasSize(isOurs ? 1 : 0)
                .allMatch("RoleBinding ci/more was changed"::equals);
    }

    @ParameterizedTest
    @CsvSource({
        "system:authenticated, 1",
        "system:serviceaccounts, 1",
        "system:serviceaccounts:ci, 0",
    })
    void shouldRecordBindingsOfEveryAccountBeforeAnAccountIsKnown(String group, int number) {
        cluster.load("""
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: {name: more, namespace: ci}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: unrelated}
            subjects: [{kind: Group, name: '%s'}]
            """.formatted(group));

        assertThat(read(gateway -> gateway.list(ROLE_BINDINGS, "ci", "", "")).objects())
                .hasSize(number);
    }

    @Test
    void shouldShowARecordedRightWithoutASpaceAsTheAccount() {
        assertThat(messages(right("false"), right("true")))
                .containsExactly("ServiceAccount ci/build is now allowed to ci/build");
    }

    private static RecordedState right(String allowed) {
        RecordedObject right =
                RecordedObject.existing(RecordedObject.RIGHT, "", "ci/build", "", "", Map.of("allowed", allowed));
        return new RecordedState("memory", List.of(right), List.of());
    }

    @Test
    void shouldNameTheControllersVersionFlagsAndSettings() {
        assertThat(changes(() -> {
                    change(DEPLOYMENTS, "argo", "workflow-controller", deployment -> {
                        ObjectNode container = (ObjectNode) deployment.at("/spec/template/spec/containers/0");
                        container.put("image", "quay.io/argoproj/workflow-controller:v4.0.5");
                        container.putArray("args").add("--loglevel").add("debug");
                    });
                    change(
                            CONFIG_MAPS,
                            "argo",
                            "workflow-controller-configmap",
                            map -> map.withObject("/data")
                                    .put("executor", "image: y")
                                    .put("images", "{}"));
                }))
                .containsExactly(
                        "Argo's controller v4.0.4 → v4.0.5",
                        "Argo's controller was started with other flags: --loglevel",
                        "Settings of Argo's controller changed: executor, images (ConfigMap"
                                + " argo/workflow-controller-configmap)");
    }

    @Test
    void shouldNameAConfigMapOfTheWorkflow() {
        assertThat(changes(() -> change(
                        CONFIG_MAPS,
                        "ci",
                        "settings",
                        map -> map.withObject("/data").put("a", "c"))))
                .containsExactly("ConfigMap ci/settings was changed");
    }

    @Test
    void shouldNameADigestThatNodesReport() {
        assertThat(changes(() -> change(
                        PODS,
                        "ci",
                        "build-1",
                        pod -> ((ObjectNode) pod.at("/status/containerStatuses/0"))
                                .put("imageID", "registry.example.com/app@sha256:cd34000000000000"))))
                .containsExactly("Image registry.example.com/app:1 has another digest (sha256:ab12… → sha256:cd34…)");
    }

    @Test
    void shouldNotCompareDigestsOfDifferentSources() {
        assertThat(messages(image("registry", "sha256:ab"), image("nodes", "sha256:cd")))
                .isEmpty();
    }

    private static RecordedState image(String source, String digest) {
        return new RecordedState(
                "memory",
                List.of(new RecordedObject(RecordedObject.IMAGE, "", "app", true, "", "", Map.of(source, digest))),
                List.of());
    }

    @Test
    void shouldNotCompareWhatOneOfBothDidNotRead() {
        RecordedState before = read(gateway -> gateway.get(SECRETS, "ci", "regcred"));
        RecordedState now = read(gateway -> {
            gateway.get(SERVICE_ACCOUNTS, "ci", "build");
            gateway.list(RESOURCE_QUOTAS, "ci", "", "");
        });

        assertThat(StateComparison.of(before, now)).isEqualTo(new StateComparison(0, List.of()));
    }

    @Test
    void shouldNotCompareClusters() {
        RecordedState elsewhere = new RecordedState("https://other.example.com", all().objects(), List.of());

        assertThat(StateComparison.of(elsewhere, all()).compared()).isZero();
    }

    @Test
    void shouldTakeTheLaterOfTwoRecordsOfOneBuild() {
        RecordedState before = all();
        change(
                SECRETS,
                "ci",
                "regcred",
                secret -> KubeObjects.metadata(secret).putObject("labels").put("a", "b"));
        RecordedState later = read(gateway -> gateway.get(SECRETS, "ci", "regcred"));

        assertThat(messages(before, before.and(later))).containsExactly("Secret ci/regcred was changed");
        assertThat(before.and(later).complete()).isEqualTo(before.complete());
    }
}

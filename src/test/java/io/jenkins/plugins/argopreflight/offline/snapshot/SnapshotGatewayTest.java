package io.jenkins.plugins.argopreflight.offline.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ArgoInstallation;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterException.Kind;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway.WriteMode;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.Access;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.object.KubeObjects;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.util.limits.Budget;
import io.jenkins.plugins.argopreflight.engine.util.limits.RunLimits;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.admission.PodAdmission;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(InRun.class)
class SnapshotGatewayTest {

    private static final String OBJECTS = """
        apiVersion: v1
        kind: List
        items:
        - {apiVersion: v1, kind: ServiceAccount, metadata: {name: default, namespace: ci}}
        - {apiVersion: v1, kind: Secret, metadata: {name: regcred, namespace: ci, labels: {team: a}}}
        - {apiVersion: v1, kind: Secret, metadata: {name: other, namespace: ops}}
        - {apiVersion: v1, kind: Namespace, metadata: {name: ci}}
        ---
        {apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: high}}
        """;
    private static final String RBAC = """
        {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: r, namespace: ci},
         rules: [{apiGroups: [argoproj.io], resources: [workflows], verbs: [create]}]}
        ---
        {apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: r, namespace: ci},
         roleRef: {kind: Role, name: r}, subjects: [{kind: ServiceAccount, name: bot}]}
        """;
    private static final String SNAPSHOT = """
        apiVersion: argo-preflight/v1
        kind: Snapshot
        kubernetes: v1.33.2
        argo: {version: v3.7.1, namespace: argo, serviceAccount: ctl, managedNamespace: null, flags: [--namespaced]}
        identity: {user: jane, groups: [devs]}
        complete:
        - {namespaces: [ci], resources: [secrets, limitranges, roles.rbac.authorization.k8s.io]}
        - {resources: [nodes]}
        - {resources: [namespaces], names: [ci, gone]}
        unread:
        - {resource: configmaps, namespace: ci, reason: User "jane" cannot list resource "configmaps",
           missingRight: {verb: list, resource: configmaps, namespace: ci}}
        - {resource: resourcequotas, namespace: ci, reason: the server timed out}
        """;
    private static final Right CREATE = Right.of("create", "argoproj.io", "workflows", "ci");

    @TempDir
    private Path folder;

    @Test
    void shouldHoldTheObjectsOfAllFilesInWhateverForm() throws IOException {
        write("a/b/objects.yml", OBJECTS);
        write("c.json", "{\"apiVersion\":\"v1\",\"kind\":\"Node\",\"metadata\":{\"name\":\"n1\"}}");
        write("notes.txt", ": no YAML {");
        write("registry.json", "{\"registries\": []}");
        write("workflow.yaml", "kind: [broken");
        write("values.yaml", "replicas: 3");
        SnapshotGateway snapshot = SnapshotGateway.open(folder);

        assertThat(snapshot.list(Resource.SECRETS, "", "", ""))
                .extracting(KubeObjects::name)
                .containsExactly("regcred", "other");
        assertThat(snapshot.list(Resource.SECRETS, "ci", "team=a", "metadata.name=regcred"))
                .hasSize(1);
        assertThat(snapshot.get(Resource.SECRETS, "ci", "absent")).isEmpty();
        assertThat(snapshot.get(Resource.clusterScoped("", "v1", "nodes", "Node"), "", "n1"))
                .isPresent();
        assertThat(snapshot.list(
                        Resource.clusterScoped("scheduling.k8s.io", "v1", "priorityclasses", "PriorityClass"),
                        "",
                        "",
                        ""))
                .hasSize(1);
        assertThat(refusal(() -> snapshot.list(Resource.PODS, "ci", "", "")))
                .isEqualTo("NOT_CAPTURED: pods in namespace ci: not in the snapshot " + folder
                        + "; take one that has it with argo-preflight snapshot -n ci");
        assertThat(snapshot.argo()).isEmpty();
        assertThat(refusal(snapshot::version))
                .isEqualTo("NOT_CAPTURED: the snapshot " + folder + " does not say which Kubernetes it was");
    }

    @Test
    void shouldTakeAsAbsentOnlyWhatWasReadCompletely() throws IOException {
        write("objects.yaml", OBJECTS);
        write("snapshot.yaml", SNAPSHOT);
        SnapshotGateway snapshot = SnapshotGateway.open(folder);
        Resource limits = Resource.namespaced("", "v1", "limitranges", "LimitRange");
        Resource quotas = Resource.namespaced("", "v1", "resourcequotas", "ResourceQuota");

        assertThat(snapshot.get(Resource.SECRETS, "ci", "absent")).isEmpty();
        assertThat(snapshot.list(limits, "ci", "", "")).isEmpty();
        assertThat(snapshot.get(Resource.NAMESPACES, "", "gone")).isEmpty();
        assertThat(snapshot.get(Resource.NAMESPACES, "", "ci")).isPresent();
        assertThat(snapshot.get(Resource.SECRETS, "ops", "other"))
                .as("it is here all the same")
                .isPresent();
        assertThat(snapshot.list(Resource.SERVICE_ACCOUNTS, "ci", "", ""))
                .as("a kind that occurs, of which nothing is said")
                .hasSize(1);
        assertThat(refusal(() -> snapshot.get(Resource.SECRETS, "ops", "absent")))
                .startsWith("NOT_CAPTURED: secrets");
        assertThat(refusal(() -> snapshot.list(Resource.SECRETS, "", "", "")))
                .startsWith("NOT_CAPTURED: secrets of all namespaces: not in");
        assertThat(refusal(() -> snapshot.list(Resource.NAMESPACES, "", "", "")))
                .startsWith("NOT_CAPTURED");
        assertThat(refusal(() -> snapshot.get(Resource.NAMESPACES, "", "ops"))).startsWith("NOT_CAPTURED");
        assertThat(refusal(() -> snapshot.get(Resource.CONFIG_MAPS, "ci", "x")))
                .isEqualTo("FORBIDDEN: not in the snapshot, it could not be read: User \"jane\" cannot list resource"
                        + " \"configmaps\"");
        assertThat(refusal(() -> snapshot.list(quotas, "ci", "", "")))
                .isEqualTo("NOT_CAPTURED: not in the snapshot, it could not be read: the server timed out");
    }

    @Test
    void shouldReportVersionArgoAndSubmitter() throws IOException {
        write("snapshot.yaml", SNAPSHOT);
        SnapshotGateway snapshot = SnapshotGateway.open(folder);

        assertThat(snapshot.version()).isEqualTo("v1.33.2");
        assertThat(snapshot.argo())
                .contains(new ArgoInstallation("v3.7.1", "argo", "ctl", "", List.of("--namespaced")));
        assertThat(WhoAmI.ask(snapshot)).isEqualTo(Fact.known(new Identity("jane", List.of("devs"))));
    }

    @Test
    void shouldNotKnowWhoSubmitsWhenNothingSaysIt() throws IOException {
        write("objects.yaml", OBJECTS);
        SnapshotGateway snapshot = SnapshotGateway.open(folder);

        assertThat(WhoAmI.ask(snapshot))
                .isEqualTo(Fact.unknown("the snapshot " + folder
                        + " does not say who will submit: name identity: {user, groups} in its snapshot.yaml"));
        assertThat(new Access(snapshot, 1).ask(Set.of(CREATE)).get(CREATE)).isInstanceOf(Fact.Unknown.class);
        assertThat(WhoAmI.ask(as(snapshot, new Identity("joe", List.of())))
                        .ifKnown()
                        .orElseThrow()
                        .user())
                .isEqualTo("joe");
    }

    @Test
    void shouldAllowByRolesAndDenyOnlyWhereAllOfThemAreKnown() throws IOException {
        write("rbac.yaml", RBAC);
        ClusterGateway snapshot = SnapshotGateway.open(folder);
        Identity bot = Identity.ofServiceAccount("ci", "bot");
        Right delete = Right.of("delete", "argoproj.io", "workflows", "ci");

        Map<Right, Fact<Boolean>> unsure = new Access(as(snapshot, bot), 1).ask(List.of(CREATE, delete));
        assertThat(unsure.get(CREATE)).isEqualTo(Fact.known(true));
        assertThat(unsure.get(delete).toString())
                .contains("clusterrolebindings")
                .startsWith("Unknown");

        write("more.yaml", """
            {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: c}}
            ---
            {apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: c},
             roleRef: {kind: ClusterRole, name: c}, subjects: [{kind: Group, name: system:authenticated}]}
            """);
        snapshot = SnapshotGateway.open(folder);
        assertThat(new Access(as(snapshot, bot), 1).ask(List.of(CREATE, delete)))
                .isEqualTo(Map.of(CREATE, Fact.known(true), delete, Fact.known(false)));
        assertThat(new Access(as(snapshot, new Identity("root", List.of("system:masters"))), 1).ask(List.of(delete)))
                .isEqualTo(Map.of(delete, Fact.known(true)));
    }

    @ParameterizedTest
    @CsvSource({
        "SubjectAccessReview, subjectaccessreviews, false",
        "LocalSubjectAccessReview, localsubjectaccessreviews, true"
    })
    void shouldAnswerReviewsOfOthers(String kind, String plural, boolean namespaced) throws IOException {
        write("rbac.yaml", RBAC);
        Resource resource = new Resource("authorization.k8s.io", "v1", plural, kind, namespaced);
        ObjectNode review = KubeObjects.of(resource, "ci", "");
        ObjectNode spec = review.putObject("spec").put("user", "system:serviceaccount:ci:bot");
        spec.putObject("resourceAttributes")
                .put("verb", "create")
                .put("group", "argoproj.io")
                .put("resource", "workflows")
                .put("namespace", "ci");

        ObjectNode answer = SnapshotGateway.open(folder).create(resource, review, WriteMode.REAL);

        assertThat(answer.path("status").toString()).isEqualTo("{\"allowed\":true}");
    }

    @Test
    void shouldLetTheAdmissionJudgePodsAndChangeNothing() throws IOException {
        write("objects.yaml", OBJECTS);
        ObjectNode pod = KubeObjects.of(Resource.PODS, "ci", "p");
        PodAdmission admission = (tried, cluster) -> {
            assertThat(cluster.get(Resource.SERVICE_ACCOUNTS, "ci", "default")).isPresent();
            throw new ClusterException(Kind.FORBIDDEN, "pods \"" + KubeObjects.name(tried) + "\" is forbidden: no");
        };
        SnapshotGateway judging = SnapshotGateway.open(folder, admission);
        SnapshotGateway plain = SnapshotGateway.open(folder);

        assertThat(refusal(() -> judging.create(Resource.PODS, pod, WriteMode.DRY_RUN)))
                .isEqualTo("FORBIDDEN: pods \"p\" is forbidden: no");
        assertThat(SnapshotGateway.open(folder, (tried, cluster) -> {}).create(Resource.PODS, pod, WriteMode.DRY_RUN))
                .isEqualTo(pod);
        assertThat(refusal(() -> plain.create(Resource.PODS, pod, WriteMode.DRY_RUN)))
                .startsWith("NOT_CAPTURED");
        assertThat(refusal(() -> plain.create(Resource.PODS, pod, WriteMode.REAL)))
                .startsWith("INVALID");
        assertThat(refusal(() -> plain.replace(Resource.PODS, pod, WriteMode.DRY_RUN)))
                .startsWith("NOT_CAPTURED");
        assertThat(refusal(() -> plain.delete(Resource.PODS, "ci", "p", "", "", WriteMode.REAL)))
                .startsWith("INVALID");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        bad.yaml      | 'kind: [x'                                              | bad.yaml:1:
        raw.yaml      | 'metadata: {name: x}'                                   | raw.yaml:1:1: "x" has no apiVersion
        snapshot.yaml | '{apiVersion: argo-preflight/v2, kind: Snapshot}'       | snapshot.yaml:1:2: apiVersion
        snapshot.yaml | '{apiVersion: argo-preflight/v1, kind: Snapshot, complete: [{resources: pods}]}' | complete[0].resources must be a list
        snapshot.yaml | '{apiVersion: argo-preflight/v1, kind: Snapshot, argo: {version: [3]}}' | argo.version must be a string
        notes.yaml    | 'a: 1'                                                  | is no snapshot: no YAML
        """)
    void shouldRefuseABadFolderInOneLine(String file, String content, String message) throws IOException {
        write(file, content);

        assertThatThrownBy(() -> SnapshotGateway.open(folder))
                .isInstanceOf(SnapshotException.class)
                .hasMessageContaining(message)
                .hasMessageStartingWith(folder.toString())
                .hasMessageNotContaining("\n");
    }

    @Test
    void shouldRefuseWhatIsNoFolder() throws IOException {
        write("file", "");

        assertThatThrownBy(() -> SnapshotGateway.open(folder.resolve("file")))
                .hasMessage(folder.resolve("file") + " is no folder: a snapshot is a folder");
        assertThatThrownBy(() -> SnapshotGateway.open(folder.resolve("nowhere")))
                .hasMessage(folder.resolve("nowhere") + " does not exist: a snapshot is a folder");
    }

    @Test
    void shouldRefuseAHugeFileAtOnce() throws IOException {
        write("huge.yaml", "a: \"" + "x".repeat(33 << 20) + "\"");

        assertThatThrownBy(() -> SnapshotGateway.open(folder)).hasMessageContaining("huge.yaml:1:1: larger than");
    }

    /** A run records equal omissions once, so the second one does not add to its list. */
    @Test
    void shouldRefuseAFileOverALimitThatWasAlsoReadAsAManifest() throws IOException {
        write("objects.yaml", OBJECTS);

        try (Budget.Scope run = Budget.open(RunLimits.parse(List.of("bytes=100")))) {
            new ManifestReader().read(folder.resolve("objects.yaml"));

            assertThat(Budget.current().leftOut()).hasSize(1);
            assertThatThrownBy(() -> SnapshotGateway.open(folder))
                    .hasMessageStartingWith("the snapshot " + folder + " was not read to its end: "
                            + folder.resolve("objects.yaml") + ":1:1: the limit bytes=100 of this run is reached")
                    .hasMessageEndingWith("(JAVA_TOOL_OPTIONS=-Xmx2g)");
        }
    }

    private static ClusterGateway as(ClusterGateway snapshot, Identity who) {
        Optional<ClusterGateway> other = snapshot.as(who);
        return other.orElseThrow();
    }

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable request) {
        ClusterException refused = catchThrowableOfType(ClusterException.class, request);
        return refused.kind() + ": " + refused.getMessage();
    }
}

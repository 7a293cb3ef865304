package io.jenkins.plugins.argopreflight.engine.facts.pull;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.jenkins.plugins.argopreflight.engine.argo.model.ArgoVersion;
import io.jenkins.plugins.argopreflight.engine.facts.object.ClusterReader;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.WorkflowRequest;
import io.jenkins.plugins.argopreflight.engine.facts.workflow.Workflows;
import io.jenkins.plugins.argopreflight.engine.model.fact.Fact;
import io.jenkins.plugins.argopreflight.engine.model.image.ImageReference;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.registry.Answer;
import io.jenkins.plugins.argopreflight.engine.registry.ImageConfig;
import io.jenkins.plugins.argopreflight.engine.registry.Login;
import io.jenkins.plugins.argopreflight.engine.registry.Registry;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.registry.pull.ImageClient;
import io.jenkins.plugins.argopreflight.engine.util.yaml.Document;
import io.jenkins.plugins.argopreflight.engine.util.yaml.ManifestReader;
import io.jenkins.plugins.argopreflight.offline.memory.MemoryCluster;
import io.jenkins.plugins.argopreflight.testing.InRun;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(InRun.class)
class PodPullsTest {

    private static final String GOOD = "registry.example.com";
    private static final String ACCOUNT = """
        apiVersion: v1
        kind: ServiceAccount
        metadata: {name: workflow, namespace: ci}
        imagePullSecrets: [{name: regcred}]
        """;
    private static final String SECRET = secret("regcred", GOOD, "team", "right", "");

    /** Takes user team with password right, and lets everybody pull what begins with public/. */
    private static final class Asked implements Registry {
        private final List<String> questions = Collections.synchronizedList(new ArrayList<>());

        @Override
        public CompletableFuture<Answer> askAsync(ImageReference image, Optional<Login> login) {
            questions.add(image + " " + login.map(Login::username).orElse("anonymous"));
            boolean open =
                    image.path().startsWith("public/") || image.registry().equals("quay.io");
            boolean known = login.filter(each -> each.username().equals("team")
                            && each.password().reveal().equals("right"))
                    .isPresent();
            Verdict verdict =
                    open || known ? Verdict.OK : login.isPresent() ? Verdict.REJECTED : Verdict.MISSING_OR_NO_RIGHT;
            return CompletableFuture.completedFuture(
                    new Answer(verdict, 0, "", "", "It says " + verdict + ".", Optional.empty(), true));
        }

        @Override
        public CompletableFuture<Fact<ImageConfig>> configAsync(ImageReference image, Optional<Login> login) {
            return CompletableFuture.completedFuture(
                    Fact.known(new ImageConfig(List.of("linux/amd64"), true, "", List.of("/tool"), List.of())));
        }

        @Override
        public CompletableFuture<Fact<List<String>>> tagsAsync(ImageReference image, Optional<Login> login) {
            return CompletableFuture.completedFuture(Fact.known(List.of()));
        }

        @Override
        public long requests() {
            return questions.size();
        }

        @Override
        public void close() {}
    }

    private final Asked registry = new Asked();

    private static String secret(String name, String key, String user, String password, String more) {
        return """
            apiVersion: v1
            kind: Secret
            metadata: {name: %s, namespace: ci}
            type: kubernetes.io/dockerconfigjson
            stringData:
              .dockerconfigjson: '{"auths": {"%s": {"username": "%s", "password": "%s"%s}}}'
            """.formatted(name, key, user, password, more);
    }

    private static String workflow(String container, String spec) {
        return """
            apiVersion: argoproj.io/v1alpha1
            kind: Workflow
            metadata: {name: build}
            spec:
              entrypoint: main
              serviceAccountName: workflow
              %s
              templates:
              - name: main
                container: {%s}
            """.formatted(spec, container);
    }

    private List<PodPull> pulls(MemoryCluster cluster, String workflow, Fact<Boolean> controllerMayGet) {
        List<Document> given = new ManifestReader().read("workflow.yaml", workflow);
        ClusterReader reader = new ClusterReader(Fact.known(cluster));
        Workflows followed = Workflows.of(
                new WorkflowRequest(given, "ci", "argo", ArgoVersion.parse("v4.0.5"), List.of()), reader, 4);
        return new PodPulls(
                        followed.workflows(),
                        given,
                        "ci",
                        reader,
                        registry,
                        followed.controller(),
                        (namespace, name) -> controllerMayGet,
                        4)
                .all();
    }

    private static PodPull row(List<PodPull> rows, String container, ImageClient consumer) {
        return rows.stream()
                .filter(row -> row.container().equals(container) && row.pull().consumer() == consumer)
                .reduce((one, other) -> {
                    throw new AssertionError("two rows");
                })
                .orElseThrow();
    }

    private static final String WITHOUT_COMMAND = "image: registry.example.com/team/tool:1";

    @Test
    void shouldDistinguishEachConsumer() {
        MemoryCluster cluster = MemoryCluster.of(
                ACCOUNT.replace("[{name: regcred}]", "[{name: regcred}, {name: project}]"),
                SECRET,
                secret("project", GOOD + "/team", "team", "old", ""));
        List<PodPull> rows = pulls(cluster, workflow(WITHOUT_COMMAND, ""), Fact.known(true));
        assertThat(rows)
                .extracting(
                        PodPull::container,
                        row -> row.pull().consumer(),
                        row -> row.pull().verdict())
                .containsExactlyInAnyOrder(
                        tuple("init", ImageClient.KUBELET, Verdict.OK),
                        tuple("wait", ImageClient.KUBELET, Verdict.OK),
                        tuple("main", ImageClient.KUBELET, Verdict.OK),
                        tuple("main", ImageClient.CONTROLLER, Verdict.REJECTED));
        assertThat(row(rows, "main", ImageClient.CONTROLLER)
                        .pull()
                        .config()
                        .ifKnown()
                        .orElseThrow()
                        .entrypoint())
                .containsExactly("/tool");
    }

    @Test
    void shouldGiveTheControllerBothListsAndTheKubeletOne() {
        MemoryCluster cluster = MemoryCluster.of(ACCOUNT, SECRET, secret("other", "other.example.com", "x", "y", ""));
        List<PodPull> rows =
                pulls(cluster, workflow(WITHOUT_COMMAND, "imagePullSecrets: [{name: other}]"), Fact.known(true));
        PodPull kubelet = row(rows, "main", ImageClient.KUBELET);
        assertThat(kubelet.pull().verdict()).isEqualTo(Verdict.MISSING_OR_NO_RIGHT);
        assertThat(kubelet.pull().source()).isEqualTo("spec.imagePullSecrets");
        assertThat(kubelet.pull().question().secretList().ignored()).containsExactly("regcred");
        assertThat(kubelet.pull().otherSecrets().ifKnown().orElseThrow())
                .singleElement()
                .satisfies(other -> assertThat(other.works()).isTrue());
        PodPull controller = row(rows, "main", ImageClient.CONTROLLER);
        assertThat(controller.pull().verdict()).isEqualTo(Verdict.OK);
        assertThat(controller.pull().pullSecrets()).containsExactly("other", "regcred");
    }

    @Test
    void shouldFailALookUpWhoseSecretTheControllerMayNotGet() {
        List<PodPull> rows = pulls(MemoryCluster.of(ACCOUNT, SECRET), workflow(WITHOUT_COMMAND, ""), Fact.known(false));
        PodPull controller = row(rows, "main", ImageClient.CONTROLLER);
        assertThat(controller.pull().verdict()).isEqualTo(Verdict.INVALID);
        assertThat(controller.pull().forbiddenSecrets()).containsExactly("regcred");
        assertThat(row(rows, "main", ImageClient.KUBELET).pull().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void shouldNotPassALookUpWhenTheControllersRightsAreUnknown() {
        List<PodPull> rows =
                pulls(MemoryCluster.of(ACCOUNT, SECRET), workflow(WITHOUT_COMMAND, ""), Fact.unknown("nobody said"));
        assertThat(row(rows, "main", ImageClient.CONTROLLER).pull().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(row(rows, "main", ImageClient.CONTROLLER).pull().error()).contains("nobody said");
    }

    @Test
    void shouldSayThatTheControllerSendsATokenThatWeDoNotSend() {
        MemoryCluster cluster =
                MemoryCluster.of(ACCOUNT, secret("regcred", GOOD, "team", "right", ", \"identitytoken\": \"t\""));
        List<PodPull> rows = pulls(cluster, workflow(WITHOUT_COMMAND, ""), Fact.known(true));
        assertThat(row(rows, "main", ImageClient.CONTROLLER).pull().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(row(rows, "main", ImageClient.CONTROLLER).pull().sentence()).contains("identity or registry token");
        assertThat(row(rows, "main", ImageClient.KUBELET).pull().verdict()).isEqualTo(Verdict.OK);
    }

    @Test
    void shouldNotLookUpWhatTheControllersConfigMapLists() {
        MemoryCluster cluster = MemoryCluster.of(ACCOUNT, SECRET, """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: workflow-controller-configmap, namespace: argo}
            data:
              images: |
                registry.example.com/team/tool:1: {entrypoint: [/tool]}
            """);
        assertThat(pulls(cluster, workflow(WITHOUT_COMMAND, ""), Fact.known(false)))
                .noneMatch(PodPull::isLookUp);
    }

    @Test
    void shouldNameTheMissingRightWhenASecretCannotBeRead() {
        MemoryCluster cluster = MemoryCluster.of(ACCOUNT, SECRET);
        cluster.deny(Right.of("get", "", "secrets", "ci"));
        PodPull row = row(
                pulls(cluster, workflow(WITHOUT_COMMAND + ", command: [sh]", ""), Fact.known(true)),
                "main",
                ImageClient.KUBELET);
        assertThat(row.pull().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(row.pull().secrets().get(0).missingRight())
                .contains(Right.of("get", "", "secrets", "ci").named("regcred"));
    }

    @Test
    void shouldNameTheMissingRightWhenTheServiceAccountCannotBeRead() {
        MemoryCluster cluster = MemoryCluster.of(ACCOUNT, SECRET);
        cluster.deny(Right.of("get", "", "serviceaccounts", "ci"));
        PodPull row = row(
                pulls(
                        cluster,
                        workflow("image: registry.example.com/public/tool:1, command: [sh]", ""),
                        Fact.known(true)),
                "main",
                ImageClient.KUBELET);
        assertThat(row.pull().verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(row.pull().error()).contains("serviceaccounts");
    }

    @Test
    void shouldAskEqualQuestionsOnce() {
        MemoryCluster cluster = MemoryCluster.of(ACCOUNT, SECRET);
        String two = workflow(WITHOUT_COMMAND + ", command: [sh]", "");
        pulls(cluster, two + "---\n" + two.replace("name: build", "name: again"), Fact.known(true));
        assertThat(registry.questions).doesNotHaveDuplicates().hasSize(3);
        assertThat(cluster.requests()).containsOnlyOnce("get secrets ci/regcred");
    }

    @Test
    void shouldTakeASecretOfTheGivenFiles() {
        List<PodPull> rows = pulls(
                MemoryCluster.of(ACCOUNT),
                workflow(WITHOUT_COMMAND + ", command: [sh]", "") + "---\n" + SECRET,
                Fact.known(true));
        assertThat(row(rows, "main", ImageClient.KUBELET).pull().verdict()).isEqualTo(Verdict.OK);
        assertThat(rows.toString()).doesNotContain("right\"");
    }
}

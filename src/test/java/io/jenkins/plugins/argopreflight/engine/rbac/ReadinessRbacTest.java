package io.jenkins.plugins.argopreflight.engine.rbac;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.argopreflight.engine.check.Outcome;
import io.jenkins.plugins.argopreflight.engine.facts.right.NeededRight;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness;
import io.jenkins.plugins.argopreflight.engine.preflight.ClusterReadiness.Step;
import io.jenkins.plugins.argopreflight.engine.preflight.Grant;
import io.jenkins.plugins.argopreflight.engine.preflight.Report;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.preflight.StepNamespaces;
import io.jenkins.plugins.argopreflight.engine.preflight.StepRights;
import io.jenkins.plugins.argopreflight.engine.story.Paste;
import io.jenkins.plugins.argopreflight.engine.story.Stage;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.ProjectRoot;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster.User;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The one command of {@code docs/rbac/README.md}, run as it is printed, against what Test connection asks for. */
@NeedsServers({Server.CLUSTER, Server.REGISTRY})
@ExtendWith(InRun.class)
class ReadinessRbacTest {

    private static final StepNamespaces PLACE = new StepNamespaces("ci", "argo", "jenkins-blocks");

    private RealRegistry registry;
    private RbacScene scene;

    @BeforeEach
    void setUp() throws Exception {
        registry = RealRegistry.withPasswords(Map.of("team", Stage.PASSWORD));
        scene = new RbacScene(registry);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    private static List<StepRights> all() {
        return StepRights.ofWritable();
    }

    /** The API server's authorizer knows of a new Role a moment later. */
    private static ClusterReadiness settled(ClusterGateway cluster, StepRights... expected) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(10));
        while (true) {
            ClusterReadiness found = ClusterReadiness.of(cluster, PLACE, all());
            boolean ready = found.steps().stream()
                    .filter(step -> List.of(expected).contains(step.step()))
                    .allMatch(Step::isReady);
            if (ready || Instant.now().isAfter(end)) {
                return found;
            }
            Thread.sleep(100);
        }
    }

    /** Runs a command of the README with kubectl, in place of names that it has. */
    private String script(String options) {
        return new Paste(scene.stage).shell("cd " + ProjectRoot.path() + "\ndocs/rbac/rbac.sh " + options + "\n");
    }

    private void grant(String options) {
        script(options + " | kubectl apply -f -");
        script(options + " | kubectl label -f - rbac=applied");
    }

    @Test
    void shouldGrantWhatTheStepsNeedWithOneCommand() throws Exception {
        scene.apply(Identity.ofServiceAccount("jenkins", "argo-preflight"));
        String readme = Files.readString(RbacManifests.FOLDER.resolve("README.md"));
        String command = readme.lines()
                .filter(line -> line.startsWith("docs/rbac/rbac.sh --namespace ci --argo argo"))
                .findFirst()
                .orElseThrow();
        assertThat(command).endsWith(" | kubectl apply -f -");
        String options = command.replace("docs/rbac/rbac.sh ", "").replace(" | kubectl apply -f -", "");
        assertThat(script(options + " --check || true"))
                .contains(
                        "missing: system:serviceaccount:jenkins:argo-preflight cannot get secrets/regcred in namespace ci",
                        "missing: system:serviceaccount:jenkins:argo-preflight cannot list nodes in all namespaces",
                        "cannot get pods/log in namespace argo");
        grant(options);
        ClusterGateway jenkins = scene.account("argo-preflight");

        ClusterReadiness found =
                settled(jenkins, StepRights.SECRET, StepRights.PREFLIGHT, StepRights.SUBMIT, StepRights.DIAGNOSE);

        assertThat(found.identity().ifKnown().map(Identity::user))
                .contains("system:serviceaccount:jenkins:argo-preflight");
        assertThat(found.anonymous()).isFalse();
        assertThat(found.steps())
                .filteredOn(Step::isReady)
                .extracting(Step::step)
                .containsExactly(StepRights.SECRET, StepRights.PREFLIGHT, StepRights.SUBMIT, StepRights.DIAGNOSE);
        assertThat(found.steps().get(0).secrets()).containsExactly("regcred");
        assertThat(found.steps().get(0).accounts()).containsExactly("default");
        assertThat(script(options + " --check")).isEqualTo("nothing is missing\n");
        assertThat(scene.stage.check(jenkins).findings())
                .as("about Jenkins' own rights")
                .noneMatch(finding -> finding.check().equals("may-submit") && finding.outcome() == Outcome.FAIL);
    }

    /** Rights can be granted for what does not exist: kubectl auth can-i does not see it. */
    @Test
    void shouldReportServiceAccountsAndNamespacesThatDoNotExist() throws Exception {
        scene.apply(Identity.ofServiceAccount("jenkins", "argo-preflight"));
        String options = "--secret regcred --service-account default,builder registry-secret.yaml";
        grant(options);
        settled(scene.account("argo-preflight"), StepRights.SECRET);

        assertThat(script(options + " --check || true"))
                .isEqualTo("missing: ServiceAccount builder does not exist in namespace ci:"
                        + " kubectl create serviceaccount builder -n ci\n");
        assertThat(script("--name third registry-secret.yaml --check || true"))
                .contains(
                        "missing: ServiceAccount third does not exist in namespace jenkins: without --check, identity.yaml and"
                                + " bootstrap.yaml create it\n");
        assertThat(script("--namespace no-such registry-secret.yaml --check || true"))
                .isEqualTo("missing: namespace no-such does not exist: kubectl create namespace no-such\n");
    }

    @Test
    void shouldAddToWhatAnEarlierRunGranted() throws Exception {
        scene.apply(Identity.ofServiceAccount("jenkins", "argo-preflight"));
        grant("--secret regcred --service-account default registry-secret.yaml");
        grant("--secret hub,mirror --service-account builder registry-secret.yaml");
        grant("--jenkins jenkins --name second identity.yaml registry-secret.yaml");

        Step secret = settled(scene.account("argo-preflight"), StepRights.SECRET)
                .steps()
                .get(0);

        assertThat(secret.isReady()).isTrue();
        assertThat(secret.secrets()).containsExactly("hub", "mirror", "regcred");
        assertThat(secret.accounts()).containsExactly("builder", "default");
    }

    /** The objects that the first run meets: of a normal installation, where no one gave Jenkins more than the script. */
    @ParameterizedTest
    @ValueSource(strings = {"argo-release.yaml", "argo-chart.yaml"})
    void shouldEndInAFirstRunWithoutUnknown(String installation) throws Exception {
        scene.apply(Identity.ofServiceAccount("jenkins", "argo-preflight"));
        scene.stage.kubectl("delete deployments,configmaps --all -n ARGO");
        scene.stage.kubectl("delete role,rolebinding argo -n CI");
        String objects = Files.readString(ProjectRoot.path().resolve("src/test/resources/rbac/" + installation));
        scene.stage.apply(objects);
        try {
            grant("--namespace ci --argo argo --jenkins jenkins --secret regcred --service-account default");
            settled(scene.account("argo-preflight"), StepRights.PREFLIGHT);

            Report report = scene.stage.check(scene.account("argo-preflight"));

            assertThat(report.unknown()).isEmpty();
            assertThat(report.findings()).isEmpty();
            assertThat(report.missingRole()).isEmpty();
            assertThat(report.result()).isEqualTo(RunResult.OK);
        } finally {
            scene.stage.kubectl(
                    "delete clusterrole,clusterrolebinding argo-workflows-workflow-controller argo-cluster-role"
                            + " argo-binding --ignore-not-found");
        }
    }

    /** The workflow of the run refers to objects of every kind. */
    @Test
    void shouldAskForExactlyWhatARunNeeds() throws Exception {
        PreflightRbacTest.everything(scene.stage);
        ClusterGateway jenkins = scene.jenkins(
                StepRights.PREFLIGHT.grants().stream().map(Grant::file).toArray(String[]::new));
        User user = new User("system:serviceaccount:jenkins:argo-preflight", "");
        int before = RealCluster.get().requests(user).size();

        Report report = scene.stage.check(jenkins);

        assertThat(report.result()).isEqualTo(RunResult.OK);
        Stream<String> requests = RealCluster.get().requests(user).stream()
                .skip(before)
                .filter(request -> request.code() < 400
                        && !request.resource().isEmpty()
                        && !request.resource().startsWith("selfsubject"))
                .map(request -> request.verb() + " " + request.resource() + " " + request.namespace());
        Stream<String> rights = report.permissions().stream()
                .filter(row -> row.party() == NeededRight.Party.SUBMITTER)
                .map(row -> words(new Right(
                        row.verb(), row.group(), row.resource(), row.subresource(), row.namespace(), row.name())));
        Set<String> needed = Stream.concat(requests, rights).collect(Collectors.toCollection(TreeSet::new));
        // Only where no node of a cloud fits a pod.
        needed.add("get configmaps kube-system");
        // Only where no Deployment has the ServiceAccount of the controller.
        needed.add("list serviceaccounts argo");
        Set<String> asked = StepRights.PREFLIGHT.rightsIn(PLACE).stream()
                .map(ReadinessRbacTest::words)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(String.join("\n", needed)).isEqualTo(String.join("\n", asked));
    }

    private static String words(Right right) {
        boolean namespaced = !right.resource().equals("clusterworkflowtemplates");
        return right.verb() + " " + right.resource() + (right.subresource().isEmpty() ? "" : "/" + right.subresource())
                + " " + (namespaced ? right.namespace() : "");
    }

    @Test
    void shouldReportWhatEachStepLacks() throws Exception {
        ClusterGateway jenkins = scene.jenkins("registry-secret.yaml");

        ClusterReadiness found = settled(jenkins, StepRights.SECRET);

        Step block = found.steps().get(1);
        assertThat(block.step()).isEqualTo(StepRights.SECRET_BLOCK);
        assertThat(block.missing())
                .hasToString("[delete secrets in namespace ci, list serviceaccounts in namespace ci]");
        assertThat(block.command())
                .contains("docs/rbac/rbac.sh --namespace ci --argo argo --jenkins jenkins --name argo-preflight"
                        + " --secret regcred registry-secret-block.yaml | kubectl apply -f -");
        assertThat(found.steps().get(2).missing().toString())
                .contains("get configmaps in namespace ci", "list deployments.apps in namespace argo");
        assertThat(found.argo().toString()).contains("deployments");
    }

    /** The Secret that workflows use is not known where no Role names it. */
    @Test
    void shouldLeaveNamesThatNoRoleHasToTheReader() throws Exception {
        scene.jenkins();

        Step secret = ClusterReadiness.of(scene.account("argo-preflight"), PLACE, all())
                .steps()
                .get(0);

        assertThat(secret.command())
                .hasValueSatisfying(command -> assertThat(command)
                        .contains(" --secret NAME --service-account NAME registry-secret.yaml | kubectl apply -f -"));
        assertThatThrownBy(() -> script("--secret NAME --service-account NAME registry-secret.yaml"))
                .hasMessageContaining("rbac.sh: --secret \"NAME\"");
        grant("--secret hub,mirror --service-account builder registry-secret.yaml");
        Step block = settled(scene.account("argo-preflight"), StepRights.SECRET)
                .steps()
                .get(1);
        assertThat(block.command())
                .hasValueSatisfying(command -> assertThat(command)
                        .contains(" --secret hub,mirror registry-secret-block.yaml | kubectl apply -f -"));
    }

    @Test
    void shouldFindThePreflightUsableOnAClusterWithoutWrites() throws Exception {
        ClusterGateway jenkins = scene.jenkins(StepRights.READ_ONLY_PREFLIGHT.grants().stream()
                .map(Grant::file)
                .toArray(String[]::new));

        Step preflight = ClusterReadiness.of(jenkins, PLACE, StepRights.ofReadOnly())
                .steps()
                .get(0);

        assertThat(preflight.isReady()).as(preflight.toString()).isTrue();
        assertThat(preflight.command()).isEmpty();
        assertThat(preflight.optional().toString())
                .contains("create pods in namespace ci", "create workflows.argoproj.io in namespace ci");
        Report report = scene.stage.check(jenkins);
        assertThat(report.findings())
                .extracting(finding -> finding.check() + " " + finding.outcome())
                .containsOnly("may-submit FAIL", "may-submit WARN", "server-verdict UNKNOWN");
    }

    @Test
    void shouldReportThatNoCredentialWasAccepted() throws Exception {
        String authority = Files.readString(scene.stage.cluster().certificateAuthority());
        ClusterEndpoint endpoint = ClusterEndpoint.of(
                "test", scene.stage.cluster().url(), new Trust(authority, false, ""), ClusterLogin.anonymous());
        try (ClusterGateway nobody = Fabric8Gateway.connect(ClusterConnection.DEFAULT.to(endpoint))) {
            assertThat(ClusterReadiness.of(nobody, PLACE, all()).anonymous()).isTrue();
        }
    }
}

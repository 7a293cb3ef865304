package io.jenkins.plugins.argopreflight.step.login;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import hudson.FilePath;
import hudson.model.Result;
import io.jenkins.plugins.argopreflight.config.ArgoPreflightConfiguration;
import io.jenkins.plugins.argopreflight.config.ClusterConfiguration;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterConnection;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterEndpoint.Trust;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterLogin;
import io.jenkins.plugins.argopreflight.engine.kubernetes.Identity;
import io.jenkins.plugins.argopreflight.engine.kubernetes.client.Fabric8Gateway;
import io.jenkins.plugins.argopreflight.engine.kubernetes.rbac.WhoAmI;
import io.jenkins.plugins.argopreflight.engine.util.secret.Password;
import io.jenkins.plugins.argopreflight.step.HoldStep;
import io.jenkins.plugins.argopreflight.step.Listener;
import io.jenkins.plugins.argopreflight.step.secret.SecretLab;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealCluster;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** The login of a block against a real API server: it works in the body, and in no way after it. */
@NeedsServers(Server.CLUSTER)
class ClusterBlockITest {

    @RegisterExtension
    final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    private final SecretLab lab = new SecretLab();
    private final String account = "system:serviceaccount:" + lab.namespace + ":argo-block";

    @BeforeEach
    void makeAccount() {
        RealCluster.get().serviceAccount(lab.namespace, "argo-block");
    }

    @Test
    void shouldBeRefusedUntilAnAdministratorAllowsIt() throws Throwable {
        sessions.then(jenkins -> {
            lab.configure();
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins, "echo 'in the body'"));
            jenkins.assertLogContains("has no blockServiceAccount", run);
            jenkins.assertLogNotContains("in the body", run);
        });
    }

    @Test
    void shouldGiveALoginThatEndsWithTheBlock() throws Throwable {
        sessions.then(jenkins -> {
            allow();
            WorkflowRun run = held(jenkins, "sh 'cat \"$KUBECONFIG\"'; hold 'body'");
            String token = token(jenkins);
            assertThat(whoIs(token)).isEqualTo(account);

            HoldStep.release("body");
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));

            jenkins.assertLogContains("\"token\":\"****\"", run);
            jenkins.assertLogNotContains(token, run);
            assertThat(folder(jenkins).exists()).isFalse();
            assertThat(Logins.get().all()).isEmpty();
            awaitRefusal(token);
        });
    }

    /** The agent replaces the kubeconfig of the block: a step does not read it. */
    @Test
    void shouldUseTheConfiguredClusterInTheBody() throws Throwable {
        sessions.then(jenkins -> {
            allow();
            try (Listener elsewhere = new Listener()) {
                String replaced = "writeFile file: env.KUBECONFIG, text: '''" + elsewhere.kubeconfig() + "'''\n";
                WorkflowRun run = jenkins.buildAndAssertSuccess(job(jenkins, replaced + lab.step("")));
                jenkins.assertLogContains("the withArgoCluster around the step: cluster \"prod\"", run);
                assertThat(elsewhere.received()).isEmpty();
            }
        });
    }

    @Test
    void shouldHoldTheLimitsOfTheClusterForStepsInTheBody() throws Throwable {
        sessions.then(jenkins -> {
            allow();
            ArgoPreflightConfiguration.get().getClusters().get(0).setAllowWrites(false);
            WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins, lab.step("")));
            jenkins.assertLogContains("cluster \"prod\" allows no writes (allowWrites)", run);
        });
    }

    @Test
    void shouldUseTheKubeconfigThatThePipelineSetsInTheBody() throws Throwable {
        sessions.then(jenkins -> {
            allow();
            try (Listener inner = new Listener()) {
                String body = "writeFile file: 'inner', text: '''" + inner.kubeconfig() + "'''\n"
                        + "withEnv(['KUBECONFIG=inner']) { " + lab.step("") + " }";
                WorkflowRun run = jenkins.buildAndAssertStatus(Result.FAILURE, job(jenkins, body));
                jenkins.assertLogContains("No password of a registry is sent to " + inner.url(), run);
                assertThat(inner.received()).isEmpty();
            }
        });
    }

    @Test
    void shouldRenewTheLoginAfterARestart() throws Throwable {
        String[] tokens = new String[2];
        sessions.then(jenkins -> {
            allow();
            held(jenkins, "hold 'body'");
            tokens[0] = token(jenkins);
        });
        HoldStep.forget();
        sessions.then(jenkins -> {
            HoldStep.await("body");
            for (int i = 0; i < 300 && tokens[0].equals(token(jenkins)); i++) {
                Thread.sleep(100);
            }
            tokens[1] = token(jenkins);
            assertThat(tokens[1]).isNotEqualTo(tokens[0]);
            HoldStep.release("body");
            WorkflowRun run = jenkins.jenkins
                    .getItemByFullName("logs-in", WorkflowJob.class)
                    .getLastBuild();
            jenkins.assertBuildStatusSuccess(jenkins.waitForCompletion(run));
            awaitRefusal(tokens[0]);
            awaitRefusal(tokens[1]);
        });
    }

    @Test
    void shouldRevokeTheLoginOfABuildThatWasKilled() throws Throwable {
        sessions.then(jenkins -> {
            allow();
            WorkflowRun run = held(jenkins, "hold 'body'");
            String token = token(jenkins);
            run.doKill();
            jenkins.waitForCompletion(run);

            EndedLogins ended = new EndedLogins();
            ended.round(() -> System.out, Instant.now());
            ended.round(() -> System.out, Instant.now());

            assertThat(Logins.get().all()).isEmpty();
            awaitRefusal(token);
        });
    }

    private void allow() throws Exception {
        lab.configure();
        ClusterConfiguration cluster =
                ArgoPreflightConfiguration.get().getClusters().get(0);
        cluster.setBlockServiceAccount(lab.namespace + "/argo-block");
        ArgoPreflightConfiguration.get().setClusters(List.of(cluster));
    }

    private static WorkflowJob job(JenkinsRule jenkins, String body) throws Exception {
        return SecretLab.job(jenkins, "logs-in", "node { withArgoCluster('prod') { " + body + " } }");
    }

    private static WorkflowRun held(JenkinsRule jenkins, String body) throws Exception {
        HoldStep.forget();
        WorkflowRun run = job(jenkins, body).scheduleBuild2(0).waitForStart();
        try {
            HoldStep.await("body");
        } catch (IllegalStateException e) {
            throw new AssertionError(JenkinsRule.getLog(run), e);
        }
        return run;
    }

    private static FilePath folder(JenkinsRule jenkins) throws Exception {
        FilePath workspace =
                jenkins.jenkins.getWorkspaceFor(jenkins.jenkins.getItemByFullName("logs-in", WorkflowJob.class));
        FilePath[] found = workspace.sibling(workspace.getName() + "@tmp").list().stream()
                .filter(file -> file.getName().startsWith("argo-preflight-"))
                .toArray(FilePath[]::new);
        return found.length == 0 ? workspace.child("none") : found[0];
    }

    private static String token(JenkinsRule jenkins) throws Exception {
        FilePath folder = folder(jenkins);
        String token = folder.child("token").readToString();
        assertThat(new JsonMapper()
                        .readTree(folder.child("kubeconfig").readToString())
                        .at("/users/0/user/token")
                        .asText())
                .isNotEmpty();
        return token;
    }

    private static String whoIs(String token) throws Exception {
        Trust trust = new Trust(Files.readString(RealCluster.get().certificateAuthority()), false, "");
        try (ClusterGateway gateway = Fabric8Gateway.connect(ClusterConnection.DEFAULT.to(
                ClusterEndpoint.of("block", RealCluster.get().url(), trust, ClusterLogin.token(Password.of(token)))))) {
            return WhoAmI.ask(gateway).ifKnown().map(Identity::user).orElse("nobody");
        }
    }

    private static void awaitRefusal(String token) throws Exception {
        Instant end = Instant.now().plus(Duration.ofSeconds(30));
        while (!whoIs(token).equals("nobody") && Instant.now().isBefore(end)) {
            Thread.sleep(500);
        }
        assertThat(whoIs(token)).isEqualTo("nobody");
    }
}

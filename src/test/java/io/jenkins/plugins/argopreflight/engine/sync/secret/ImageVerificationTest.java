package io.jenkins.plugins.argopreflight.engine.sync.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.argopreflight.engine.facts.pull.PullRow;
import io.jenkins.plugins.argopreflight.engine.kubernetes.ClusterGateway;
import io.jenkins.plugins.argopreflight.engine.lab.Ask;
import io.jenkins.plugins.argopreflight.engine.lab.Lab;
import io.jenkins.plugins.argopreflight.engine.lab.MemoryLab;
import io.jenkins.plugins.argopreflight.engine.model.object.Resource;
import io.jenkins.plugins.argopreflight.engine.model.object.Right;
import io.jenkins.plugins.argopreflight.engine.preflight.RunResult;
import io.jenkins.plugins.argopreflight.engine.registry.RegistrySettings;
import io.jenkins.plugins.argopreflight.engine.registry.Verdict;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome;
import io.jenkins.plugins.argopreflight.engine.sync.NamespaceOutcome.Status;
import io.jenkins.plugins.argopreflight.engine.sync.scenario.SyncScenarios;
import io.jenkins.plugins.argopreflight.testing.InRun;
import io.jenkins.plugins.argopreflight.testing.server.NeedsServers;
import io.jenkins.plugins.argopreflight.testing.server.RealRegistry;
import io.jenkins.plugins.argopreflight.testing.server.Server;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The verification of images before and after a Secret is written, with a real registry. */
@NeedsServers(Server.REGISTRY)
@ExtendWith(InRun.class)
class ImageVerificationTest extends SyncScenarios {

    private static RealRegistry registry;

    private final Lab lab = new MemoryLab();

    @Override
    protected Lab lab() {
        return lab;
    }

    @BeforeAll
    static void startRegistry() {
        registry = RealRegistry.withTokens(Map.of("team", Ask.CANARY));
        registry.push("team/image", "v1.2");
    }

    @AfterAll
    static void stopRegistry() {
        registry.close();
    }

    private static String image(String tag) {
        return registry.host() + "/team/image:" + tag;
    }

    private SyncReport prove(ClusterGateway as, Ask ask, String... images) {
        SyncReport report = new RegistrySecretWriter(as, 4, Clock.systemUTC())
                .run(ask.request(), List.of(images), RegistrySettings.builder().build(), outcome -> {});
        assertThat(report.toString()).doesNotContain(Ask.CANARY);
        return report;
    }

    @Test
    void shouldProveThatEachServiceAccountCanPull() {
        String ci = lab.namespace("ci");
        account(ci, "argo");
        Ask ask = Ask.sync(ci).registry(registry.host(), "team").accounts("default", "argo");

        SyncReport report = prove(lab.admin(), ask, image("v1.2"));

        assertThat(report.pulls()).extracting(PullRow::serviceAccount).containsExactly("argo", "default");
        assertThat(report.pulls()).extracting(PullRow::verdict).containsOnly(Verdict.OK);
        assertThat(report.pulls())
                .allSatisfy(pull -> assertThat(pull.pullSecrets()).containsExactly("regcred"));
        assertThat(report.result()).isEqualTo(RunResult.OK);
        assertThat(report.cost().registryCalls()).isPositive();
    }

    @Test
    void shouldChangeNothingWhenAnImageDoesNotExist() {
        String ci = lab.namespace("ci");

        SyncReport report =
                prove(lab.admin(), Ask.sync(ci).registry(registry.host(), "team"), image("v1.2"), image("no-such-tag"));

        assertThat(report.pulls()).extracting(PullRow::verdict).containsExactly(Verdict.NOT_FOUND);
        assertThat(report.result().exitCode()).isEqualTo(1);
        assertUnchanged(report, ci);
    }

    private void assertUnchanged(SyncReport report, String namespace) {
        assertThat(report.namespaces()).extracting(NamespaceOutcome::status).containsOnly(Status.REFUSED);
        assertThat(report.namespaces().get(0).message()).contains("nothing was changed");
        assertThat(hasSecret(namespace, "regcred")).isFalse();
        assertThat(report.cost().writes()).isZero();
    }

    @Test
    void shouldChangeNothingWhenTheRegistryRejectsThePassword() {
        String ci = lab.namespace("ci");

        SyncReport report = prove(lab.admin(), Ask.sync(ci).registry(registry.host(), "team", "wrong"), image("v1.2"));

        assertThat(report.pulls()).extracting(PullRow::verdict).containsExactly(Verdict.REJECTED);
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertUnchanged(report, ci);
        assertThat(report.refusal())
                .contains("registry " + registry.host() + " refused credentials \"id-team\" (user team)");
    }

    @Test
    void shouldKeepThePasswordThatWorksWhenTheNewOneIsRejected() {
        String ci = lab.namespace("ci");
        prove(lab.admin(), Ask.sync(ci).registry(registry.host(), "team"), image("v1.2"));
        ObjectNode before = secret(ci);

        SyncReport report = prove(lab.admin(), Ask.sync(ci).registry(registry.host(), "team", "wrong"), image("v1.2"));

        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertThat(secret(ci)).isEqualTo(before);
    }

    @Test
    void shouldChangeNothingWhenTheAddressOfTheRegistryIsNotAllowed() {
        String ci = lab.namespace("ci");

        SyncReport report =
                prove(lab.admin(), Ask.sync(ci).registry("169.254.169.254", "team"), "169.254.169.254/team/image:v1.2");

        assertThat(report.pulls())
                .extracting(PullRow::message)
                .allSatisfy(message -> assertThat(message).contains("Address not allowed, nothing was sent"));
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertUnchanged(report, ci);
    }

    @Test
    void shouldChangeNothingWhenNoCredentialIsForTheImage() {
        String ci = lab.namespace("ci");

        SyncReport report = prove(lab.admin(), Ask.sync(ci).registry("registry.example.com", "team"), image("v1.2"));

        assertThat(report.pulls()).extracting(PullRow::serviceAccount).containsExactly("default");
        assertThat(report.result()).isEqualTo(RunResult.FAILED);
        assertThat(report.namespaces().get(0).message()).contains("nothing was changed");
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }

    @Test
    void shouldVerifyAnImageWithWhatTheSecretHoldsAlready() {
        String ci = lab.namespace("ci");
        prove(lab.admin(), Ask.sync(ci).registry(registry.host(), "team"));

        SyncReport report = prove(lab.admin(), Ask.sync(ci).registry("registry.example.com", "team"), image("v1.2"));

        assertThat(report.pulls()).extracting(PullRow::verdict).containsExactly(Verdict.OK);
        assertThat(report.namespaces()).extracting(NamespaceOutcome::status).containsExactly(Status.CHANGED);
    }

    @Test
    void shouldAskTheRegistryOnceForTheSameCredentials() {
        Ask ask = Ask.sync(lab.namespace("ci")).registry(registry.host(), "team");
        SyncReport dry = prove(
                lab.admin(),
                Ask.sync(lab.namespace("ci")).registry(registry.host(), "team").dryRun(),
                image("v1.2"));

        SyncReport report = prove(lab.admin(), ask, image("v1.2"));

        assertThat(report.pulls()).extracting(PullRow::serviceAccount).containsExactly("default");
        assertThat(report.cost().registryCalls()).isEqualTo(dry.cost().registryCalls());
    }

    @Test
    void shouldProveTheSecretWithoutAServiceAccount() {
        String ci = lab.namespace("ci");
        Ask wrong = Ask.sync(ci).registry(registry.host(), "team", "wrong").accounts();
        Ask right = Ask.sync(ci).registry(registry.host(), "team").accounts();

        assertThat(prove(lab.admin(), wrong, image("v1.2")).result()).isEqualTo(RunResult.FAILED);
        SyncReport report = prove(lab.admin(), right, image("v1.2"));
        assertThat(report.pulls()).extracting(PullRow::verdict).containsExactly(Verdict.OK);
        assertThat(report.pulls().get(0).pullSecrets()).containsExactly("regcred");
    }

    @Test
    void shouldNotHideBehindAnOlderSecretThatWorks() {
        String ci = lab.namespace("ci");
        make(Resource.SERVICE_ACCOUNTS, ci, "metadata: {name: argo}");
        prove(
                lab.admin(),
                Ask.sync(ci).name("older").registry(registry.host(), "team").accounts("argo"));

        SyncReport report = prove(
                lab.admin(),
                Ask.sync(ci).registry(registry.host(), "team", "wrong").accounts("argo"),
                image("v1.2"));

        assertThat(report.pulls())
                .extracting(pull -> pull.serviceAccount() + ":" + pull.verdict())
                .containsExactly(":REJECTED");
        assertUnchanged(report, ci);
    }

    @Test
    void shouldNotKnowWhatARegistryThatDoesNotAnswerWouldSay() {
        String ci = lab.namespace("ci");

        SyncReport report = prove(
                lab.admin(), Ask.sync(ci).registry("127.0.0.1:1", "team").accounts(), "127.0.0.1:1/team/image:v1.2");

        assertThat(report.result()).isEqualTo(RunResult.UNCHECKED);
    }

    @Test
    void shouldProveWhatADryRunWouldWrite() {
        String ci = lab.namespace("ci");

        SyncReport report = prove(
                lab.admin(), Ask.sync(ci).registry(registry.host(), "team").dryRun(), image("v1.2"));

        assertThat(report.pulls()).extracting(PullRow::verdict).containsExactly(Verdict.OK);
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }

    @Test
    void shouldNameTheSecretsInTheListThatDoNotExist() {
        String ci = lab.namespace("ci");
        make(Resource.SERVICE_ACCOUNTS, ci, """
            metadata: {name: argo}
            imagePullSecrets: [{}, {name: gone}, {name: regcred}]
            """);

        SyncReport report = prove(
                lab.admin(), Ask.sync(ci).registry(registry.host(), "team").accounts("argo"), image("v1.2"));

        assertThat(report.pulls()).extracting(PullRow::verdict).containsExactly(Verdict.OK, Verdict.OK);
        assertThat(report.pulls().get(1).pullSecrets()).containsExactly("gone", "regcred");
        assertThat(report.pulls().get(1).message())
                .contains("ServiceAccount \"argo\" also lists \"gone\"", "create it, or remove the name");
    }

    @Test
    void shouldReadNoOtherSecretWhenThereIsNothingToProve() {
        String ci = lab.namespace("ci");
        make(Resource.SERVICE_ACCOUNTS, ci, "metadata: {name: argo}\nimagePullSecrets: [{name: other}, {name: more}]");

        SyncReport report = prove(lab.admin(), Ask.sync(ci).accounts("argo"));

        assertThat(report.cost().reads())
                .isEqualTo(new RegistrySecretWriter(lab.admin(), 4, Clock.systemUTC())
                        .run(Ask.sync(lab.namespace("ci")).request(), outcome -> {})
                        .cost()
                        .reads());
    }

    @Test
    void shouldPassWithCredentialsThatWorkBesideASecretThatItIsNotAllowedToRead() {
        String ci = lab.namespace("ci");
        make(Resource.SERVICE_ACCOUNTS, ci, "metadata: {name: argo}\nimagePullSecrets: [{name: other}]");
        ClusterGateway user = lab.user(
                Right.of("get", "", "secrets", ci).named("regcred"),
                Right.of("update", "", "secrets", ci).named("regcred"),
                Right.of("create", "", "secrets", ci),
                Right.of("list", "", "serviceaccounts", ci),
                Right.of("update", "", "serviceaccounts", ci),
                Right.of("list", "", "pods", ci));

        SyncReport report =
                prove(user, Ask.sync(ci).registry(registry.host(), "team").accounts("argo"), image("v1.2"));

        assertThat(report.pulls()).extracting(PullRow::verdict).containsExactly(Verdict.OK, Verdict.OK);
        assertThat(report.pulls().get(1).message())
                .contains("Not checked: Secret \"other\"", "It matters only if it is malformed.");
        assertThat(report.result()).isEqualTo(RunResult.OK);
    }

    @Test
    void shouldRefuseAWrongImageNameBeforeAnyWrite() {
        String ci = lab.namespace("ci");

        assertThatThrownBy(() -> prove(lab.admin(), Ask.sync(ci), "https://registry.example.com/x"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(hasSecret(ci, "regcred")).isFalse();
    }
}
